package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * A program that a backend runs as one kernel; means the same as running its body. Only made by the compiler's passes.
 * Operands: the arguments of the body. Results: those of the body.
 */
public record Fusion(FusionKind kind, Program body) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.requireBody(this, "body", body, operands);
        return body.resultTypes();
    }

    @Override
    public List<Program> bodies() {
        return List.of(body);
    }

    @Override
    public String toString() {
        return "Fusion[" + kind + "]";
    }
}
