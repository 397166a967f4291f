package dev.keratin;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Value;

/** A tensor of a step that is being traced. */
final class TracedTensor extends Tensor {
    private final Trace trace;
    private final Value value;

    TracedTensor(Trace trace, Value value) {
        this.trace = trace;
        this.value = value;
    }

    Trace trace() {
        return trace;
    }

    Value value() {
        return value;
    }

    @Override
    public TensorType type() {
        return value.type();
    }

    @Override
    EagerTensor requireConcrete(String who) {
        throw new IllegalStateException(who + ": a tensor with elements is required. Received: " + this
                + ", which belongs to a step that is being compiled. Use ops.cond/whileLoop instead of Java control flow"
                + " over values, or compile the model with runEagerly(true).");
    }

    @Override
    public String toString() {
        return "Tensor(" + type() + ", traced)";
    }
}
