package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Runs one of two programs. Operands: predicate (bool scalar), then the arguments of both programs, which have the same
 * signature and no updates. Results: those of the program that ran.
 */
public record Cond(Program thenProgram, Program elseProgram) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.require(this, !operands.isEmpty(), "a predicate", operands, "");
        Rules.requireDType(this, operands.get(0), DType.BOOL);
        Rules.require(this, operands.get(0).shape().rank() == 0, "a scalar predicate", operands, "");
        List<TensorType> arguments = operands.subList(1, operands.size());
        Rules.requireBody(this, "then", thenProgram, arguments);
        Rules.requireBody(this, "else", elseProgram, arguments);
        Rules.require(this, thenProgram.resultTypes().equals(elseProgram.resultTypes()),
                "the same result types from both programs", operands, "");
        return thenProgram.resultTypes();
    }

    @Override
    public List<Program> bodies() {
        return List.of(thenProgram, elseProgram);
    }

    @Override
    public String toString() {
        return "Cond";
    }
}
