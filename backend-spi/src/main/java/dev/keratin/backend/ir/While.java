package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Runs a program as long as a condition holds. Operands: the initial state. The condition maps the state to a bool
 * scalar, the body maps it to the next state of the same types; neither has updates. Results: the last state.
 */
public record While(Program condition, Program body) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.requireBody(this, "condition", condition, operands);
        Rules.requireBody(this, "body", body, operands);
        Rules.require(this, condition.resultTypes().equals(List.of(TensorType.of(DType.BOOL))), "a bool scalar from the condition", operands, "");
        Rules.require(this, body.resultTypes().equals(operands), "a body that gives the types it takes", operands, "");
        return operands;
    }

    @Override
    public List<Program> bodies() {
        return List.of(condition, body);
    }

    @Override
    public String toString() {
        return "While";
    }
}
