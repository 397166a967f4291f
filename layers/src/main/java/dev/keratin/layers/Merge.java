package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that makes one tensor of several, element by element. Inputs of different rank are aligned as Keras does: axes of
 * length 1 are put after the batch axis of the shorter ones.
 *
 * @param <S> the layer's own class
 */
public abstract class Merge<S extends Merge<S>> extends FluentLayer<S> {
    /** A layer with Keras's defaults. */
    protected Merge() {}

    /** Makes one of two; called from left to right. */
    protected abstract Tensor merge(Tensor a, Tensor b);

    /** Finishes the result of all; nothing unless overridden. */
    protected Tensor finish(Tensor merged, int count) {
        return merged;
    }

    @Override
    public boolean takesList() {
        return true;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        if (inputShapes.size() < 2) {
            throw new IllegalArgumentException(who() + ": at least 2 inputs are required. Received: " + inputShapes.size()
                    + ". Call apply(a, b).");
        }
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        int rank = inputs.stream().mapToInt(Tensor::rank).max().orElse(0);
        Tensor merged = aligned(inputs.get(0), rank);
        for (Tensor input : inputs.subList(1, inputs.size())) {
            merged = merge(merged, aligned(input, rank));
        }
        return List.of(finish(merged, inputs.size()));
    }

    private static Tensor aligned(Tensor input, int rank) {
        Tensor result = input;
        while (result.rank() < rank) {
            result = Ops.expandDims(result, 1);
        }
        return result;
    }

    /** A step counts if it counts in every input that has a mask. */
    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        @Nullable Tensor all = null;
        for (Tensor mask : masks) {
            if (mask != null) {
                all = all == null ? mask : Ops.logicalAnd(all, mask);
            }
        }
        List<@Nullable Tensor> result = new ArrayList<>();
        result.add(all);
        return result;
    }
}
