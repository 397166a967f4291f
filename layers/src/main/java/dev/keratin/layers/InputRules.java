package dev.keratin.layers;

import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/** The checks of inputs that layers share. */
final class InputRules {
    private InputRules() {}

    static List<TensorType> types(List<? extends Tensor> tensors) {
        return tensors.stream().map(Tensor::type).toList();
    }

    static void rank(Layer layer, TensorType input, int rank) {
        if (input.shape().rank() != rank) {
            throw new IllegalArgumentException(layer.who() + ": an input of rank " + rank + " is required, "
                    + axes(rank) + ". Received: " + input + "." + hint(input.shape().rank(), rank));
        }
    }

    static void minRank(Layer layer, TensorType input, int rank) {
        if (input.shape().rank() < rank) {
            throw new IllegalArgumentException(layer.who() + ": an input of rank " + rank + " or more is required."
                    + " Received: " + input + ". Add the batch axis with expandDims(x, 0).");
        }
    }

    /** One image or a batch of them. */
    static void images(Layer layer, TensorType input) {
        int rank = input.shape().rank();
        if (rank != 3 && rank != 4) {
            throw new IllegalArgumentException(layer.who() + ": an image [height, width, channels] or a batch [batch, height,"
                    + " width, channels] is required. Received: " + input + "." + hint(rank, 3));
        }
    }

    /** The last axis is as long as when the layer was built. */
    static void lastAxis(Layer layer, TensorType input) {
        axis(layer, input, -1);
    }

    /** An axis is as long as when the layer was built. */
    static void axis(Layer layer, TensorType input, int axis) {
        if (!layer.isBuilt()) {
            return;
        }
        Shape built = layer.buildShapes().get(0);
        long expected = built.dim(axis);
        long actual = input.shape().dim(axis);
        if (expected != actual && expected != Shape.UNKNOWN) {
            String which = axis == -1 ? "last axis" : "axis " + axis;
            boolean flattened = input.shape().rank() > built.rank();
            throw new IllegalArgumentException(layer.who() + ": built for inputs with " + which + " " + expected
                    + ". Received: " + input + "." + (flattened ? " Put flatten() before this layer." : ""));
        }
    }

    /** The input has these axes, as long as when the layer was built. */
    static void axes(Layer layer, TensorType input, AxisChoice choice) {
        int rank = input.shape().rank();
        for (int axis : choice.axes()) {
            if (axis >= rank || axis < -rank) {
                throw new IllegalArgumentException(layer.who() + ": an input that has the axis " + axis
                        + " is required. Received: " + input + " of rank " + rank + ". Change axis(...) or the input's shape.");
            }
            axis(layer, input, axis);
        }
    }

    /**
     * Windows lie inside of the input.
     *
     * @param first the first spatial axis
     * @param spans how far a window reaches along each spatial axis
     */
    static void windowsFit(Layer layer, TensorType input, int first, int[] spans) {
        for (int i = 0; i < spans.length; i++) {
            long length = input.shape().dim(first + i);
            if (length != Shape.UNKNOWN && length < spans[i]) {
                throw new IllegalArgumentException(layer.who() + ": an input at least as long as the window is required, "
                        + spans[i] + " along axis " + (first + i) + ". Received: " + input
                        + ". Use padding(\"same\"), a smaller window, or fewer layers that shrink the input before.");
            }
        }
    }

    private static String axes(int rank) {
        return switch (rank) {
            case 2 -> "[batch, features]";
            case 3 -> "[batch, steps, channels]";
            case 4 -> "[batch, height, width, channels]";
            case 5 -> "[batch, depth, height, width, channels]";
            default -> "the batch first";
        };
    }

    private static String hint(int actual, int required) {
        return actual == required - 1 ? " Add the axis that is missing with reshape(...) or expandDims." : "";
    }
}
