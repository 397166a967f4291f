package dev.keratin.models;

import dev.keratin.Ops;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Fits what a model is given to what it was put together for, as Keras does: element types and a last axis of 1. */
final class ModelInputs {
    private ModelInputs() {}

    static void check(String who, List<SymbolicTensor> inputs, List<TensorType> received) {
        if (inputs.size() != received.size()) {
            throw new IllegalArgumentException(who + ": " + inputs.size() + " input(s) are required, "
                    + inputs.stream().map(each -> each.source().operation().name() + " " + each.type()).toList()
                    + ". Received: " + received + ". Pass them in this order, or by name in a map.");
        }
        for (int i = 0; i < inputs.size(); i++) {
            Shape expected = inputs.get(i).shape();
            if (!fits(expected, received.get(i).shape()) && !differsByLastOne(expected, received.get(i).shape())) {
                throw new IllegalArgumentException(who + ": input \"" + inputs.get(i).source().operation().name()
                        + "\" of shape " + expected + " is required. Received: " + received.get(i) + "."
                        + hint(expected, received.get(i).shape()));
            }
        }
    }

    static List<Tensor> adapt(List<SymbolicTensor> inputs, List<Tensor> arguments) {
        List<Tensor> adapted = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            TensorType expected = inputs.get(i).type();
            Tensor argument = arguments.get(i);
            Tensor result = argument.isSymbolic() ? argument : Ops.cast(argument, expected.dtype());
            if (result.rank() < expected.shape().rank()) {
                result = Ops.expandDims(result, -1);
            } else if (result.rank() > expected.shape().rank()) {
                result = Ops.squeeze(result, -1);
            }
            if (result != argument) {
                result.attachMask(argument.mask());
            }
            adapted.add(result);
        }
        return adapted;
    }

    private static boolean fits(Shape expected, Shape actual) {
        if (expected.rank() != actual.rank()) {
            return false;
        }
        for (int axis = 0; axis < expected.rank(); axis++) {
            long length = expected.dim(axis);
            if (length != Shape.UNKNOWN && actual.dim(axis) != Shape.UNKNOWN && length != actual.dim(axis)) {
                return false;
            }
        }
        return true;
    }

    private static boolean differsByLastOne(Shape expected, Shape actual) {
        return expected.rank() == actual.rank() + 1 && expected.dim(-1) == 1 && fits(expected.remove(-1), actual)
                || actual.rank() == expected.rank() + 1 && actual.dim(-1) == 1 && fits(expected, actual.remove(-1));
    }

    private static String hint(Shape expected, Shape actual) {
        if (actual.rank() == expected.rank() - 1) {
            return " A batch or channel axis is missing: add it with expandDims or reshape.";
        }
        return actual.rank() > expected.rank() ? " Reshape the data, or put flatten() first."
                : " Reshape the data, or make the model for inputs of this shape.";
    }
}
