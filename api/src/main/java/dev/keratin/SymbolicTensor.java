package dev.keratin;

import dev.keratin.backend.TensorType;

/**
 * An input or output of a functional model that is being put together: a type, whose shape may have unknown lengths, and
 * where it comes from. Immutable.
 */
public final class SymbolicTensor extends Tensor {
    private final TensorType type;
    private final GraphNode source;
    private final int index;

    SymbolicTensor(TensorType type, GraphNode source, int index) {
        this.type = type;
        this.source = source;
        this.index = index;
    }

    @Override
    public TensorType type() {
        return type;
    }

    /** The call that this tensor is a result of. */
    public GraphNode source() {
        return source;
    }

    /** Which of the results of its source this is, from 0. */
    public int index() {
        return index;
    }

    @Override
    public boolean isSymbolic() {
        return true;
    }

    @Override
    EagerTensor requireConcrete(String who) {
        throw new IllegalStateException(who + ": a tensor with elements is required. Received: " + this
                + ", which is a placeholder of a functional model. Build the model and call predict.");
    }

    @Override
    public String toString() {
        return "SymbolicTensor(" + type + ", from " + source.operation().name() + ")";
    }
}
