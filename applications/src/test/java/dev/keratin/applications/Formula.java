package dev.keratin.applications;

import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.layers.DepthwiseConv2D;
import dev.keratin.layers.Layer;
import dev.keratin.layers.Normalization;
import dev.keratin.models.Model;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Weights and inputs that follow from a formula, which {@code generate.py} explains. */
record Formula(long seed, double gain) {
    private static final long INPUT = 1_000_003;

    void assignWeights(Model model) {
        int number = 0;
        for (Layer layer : model.layers()) {
            for (Variable weight : layer.weights()) {
                if (!(layer instanceof Normalization)) {
                    weight.assign(Tensor.of(elements(number, weight.shape().size(), function(layer, weight)),
                            weight.shape().dims()));
                }
                number++;
            }
        }
    }

    private DoubleUnaryOperator function(Layer layer, Variable weight) {
        String name = weight.name().substring(weight.name().lastIndexOf('/') + 1);
        if (List.of("gamma", "moving_variance").contains(name)) {
            return u -> 0.5 + u;
        }
        if (List.of("bias", "beta", "moving_mean").contains(name)) {
            return u -> (2 * u - 1) * 0.1;
        }
        boolean depthwise = layer instanceof DepthwiseConv2D || name.equals("depthwise_kernel");
        long fanIn = 1;
        for (int axis = 0; axis < weight.shape().rank() - (depthwise ? 2 : 1); axis++) {
            fanIn *= weight.shape().dim(axis);
        }
        double limit = Math.sqrt(6.0 / fanIn) * gain;
        return u -> (2 * u - 1) * limit;
    }

    /** Two images of the given height and width: bytes, or numbers from -1 to 1. */
    Tensor images(int size, boolean bytes) {
        DoubleUnaryOperator function = bytes ? u -> Math.floor(256 * u) : u -> 2 * u - 1;
        return Tensor.of(elements(INPUT, 2L * size * size * 3, function), 2, size, size, 3);
    }

    private float[] elements(long tensor, long size, DoubleUnaryOperator function) {
        float[] elements = new float[(int) size];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) function.applyAsDouble(uniform(tensor, i));
        }
        return elements;
    }

    private double uniform(long tensor, long index) {
        long z = seed * 0x9E3779B97F4A7C15L + tensor * 0xBF58476D1CE4E5B9L + index + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 40) * 0x1p-24;
    }
}
