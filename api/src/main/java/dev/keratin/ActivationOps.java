package dev.keratin;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import java.util.Arrays;
import java.util.List;

/**
 * Activation functions, element by element but for the softmax family. Integers and bools are converted to floatx first.
 * Gradients at kinks are those of Keras: 0 where a rectifier begins.
 */
abstract class ActivationOps extends ProductOps {
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;

    ActivationOps() {}

    /** {@code max(x, 0)}; gradient 0 at 0. Integers stay integers. */
    public static Tensor relu(Tensor x) {
        return x.isSymbolic() ? node("Relu", x) : apply(new Unary(UnaryKind.RELU), number(x));
    }

    /** {@code min(max(x, 0), 6)}; gradient 0 at 0 and 6. Integers stay integers. */
    public static Tensor relu6(Tensor x) {
        if (x.isSymbolic()) {
            return node("Relu6", x);
        }
        return minimum(6, relu(x));
    }

    /** {@code x} above 0, else {@code slope * x}. */
    public static Tensor leakyRelu(Tensor x, double negativeSlope) {
        if (x.isSymbolic()) {
            return node("LeakyRelu", x, negativeSlope);
        }
        Tensor y = floating(x);
        return where(greater(y, 0), y, multiply(y, negativeSlope));
    }

    /** {@link #leakyRelu(Tensor, double)} with slope 0.2. */
    public static Tensor leakyRelu(Tensor x) {
        return leakyRelu(x, 0.2);
    }

    /** {@code x} above 0, else {@code alpha * (e^x - 1)}. */
    public static Tensor elu(Tensor x, double alpha) {
        if (x.isSymbolic()) {
            return node("Elu", x, alpha);
        }
        Tensor y = floating(x);
        return where(greater(y, 0), y, multiply(expm1(minimum(y, 0)), alpha));
    }

    /** {@link #elu(Tensor, double)} with alpha 1. */
    public static Tensor elu(Tensor x) {
        return elu(x, 1);
    }

    /** {@code scale * elu(x, alpha)} with scale 1.0507 and alpha 1.6733 (Klambauer et al., 2017). */
    public static Tensor selu(Tensor x) {
        if (x.isSymbolic()) {
            return node("Selu", x);
        }
        Tensor y = floating(x);
        return multiply(
                where(greaterEqual(y, 0), y, multiply(expm1(minimum(y, 0)), SELU_ALPHA)), SELU_SCALE);
    }

    /** {@code x} above 0, else {@code alpha * (e^(x / alpha) - 1)}. */
    public static Tensor celu(Tensor x, double alpha) {
        if (x.isSymbolic()) {
            return node("Celu", x, alpha);
        }
        Tensor y = floating(x);
        return where(greater(y, 0), y,
                multiply(expm1(divide(minimum(y, 0), alpha)), alpha));
    }

    /** {@link #celu(Tensor, double)} with alpha 1. */
    public static Tensor celu(Tensor x) {
        return celu(x, 1);
    }

    /**
     * {@code x} times the standard normal distribution function at x (Hendrycks and Gimpel, 2016).
     *
     * @param approximate whether to take {@code 0.5 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 * x^3)))} for it
     */
    public static Tensor gelu(Tensor x, boolean approximate) {
        if (x.isSymbolic()) {
            return node("Gelu", x, approximate);
        }
        Tensor y = floating(x);
        Tensor bend = approximate
                ? tanh(multiply(add(y, multiply(multiply(square(y), y), 0.044715)), Math.sqrt(2 / Math.PI)))
                : erf(divide(y, Math.sqrt(2)));
        return multiply(multiply(y, 0.5), add(bend, 1));
    }

    /** {@link #gelu(Tensor, boolean)}, approximate. */
    public static Tensor gelu(Tensor x) {
        return gelu(x, true);
    }

    /** {@code x * sigmoid(x)}. */
    public static Tensor silu(Tensor x) {
        if (x.isSymbolic()) {
            return node("Silu", x);
        }
        Tensor y = floating(x);
        return multiply(y, apply(new Unary(UnaryKind.SIGMOID), y));
    }

    /** The same as {@link #silu}. */
    public static Tensor swish(Tensor x) {
        return silu(x);
    }

    /** {@code log(1 + e^x)} without overflow. */
    public static Tensor softplus(Tensor x) {
        return x.isSymbolic() ? node("Softplus", x) : apply(new Unary(UnaryKind.SOFTPLUS), floating(x));
    }

    /** {@code x / (1 + |x|)}. */
    public static Tensor softsign(Tensor x) {
        if (x.isSymbolic()) {
            return node("Softsign", x);
        }
        Tensor y = floating(x);
        return divide(y, add(abs(y), 1));
    }

    /** {@code 1 / (1 + e^-x)}. {@link Ops#binaryCrossentropy} of the result is computed from x, without loss of digits. */
    public static Tensor sigmoid(Tensor x) {
        if (x.isSymbolic()) {
            return node("Sigmoid", x);
        }
        Tensor y = floating(x);
        return apply(new Unary(UnaryKind.SIGMOID), y).withLogits(y);
    }

    /** {@code log(sigmoid(x))} without loss of digits. */
    public static Tensor logSigmoid(Tensor x) {
        if (x.isSymbolic()) {
            return node("LogSigmoid", x);
        }
        Tensor y = floating(x);
        return negative(softplus(negative(y)));
    }

    /** {@code relu6(x + 3) / 6}. */
    public static Tensor hardSigmoid(Tensor x) {
        if (x.isSymbolic()) {
            return node("HardSigmoid", x);
        }
        Tensor y = floating(x);
        return divide(relu6(add(y, 3)), 6);
    }

    /** {@code x * hardSigmoid(x)}. */
    public static Tensor hardSilu(Tensor x) {
        if (x.isSymbolic()) {
            return node("HardSilu", x);
        }
        Tensor y = floating(x);
        return multiply(y, hardSigmoid(y));
    }

    /** The same as {@link #hardSilu}. */
    public static Tensor hardSwish(Tensor x) {
        return hardSilu(x);
    }

    /** {@code min(max(x, -1), 1)}. */
    public static Tensor hardTanh(Tensor x) {
        if (x.isSymbolic()) {
            return node("HardTanh", x);
        }
        Tensor y = floating(x);
        return clip(y, -1, 1);
    }

    /** {@code x * tanh(softplus(x))}. */
    public static Tensor mish(Tensor x) {
        if (x.isSymbolic()) {
            return node("Mish", x);
        }
        Tensor y = floating(x);
        return multiply(y, tanh(softplus(y)));
    }

    /** {@code x - tanh(x)}. */
    public static Tensor tanhShrink(Tensor x) {
        if (x.isSymbolic()) {
            return node("TanhShrink", x);
        }
        Tensor y = floating(x);
        return subtract(y, tanh(y));
    }

    /** {@code x} moved towards 0 by the threshold; 0 within it. */
    public static Tensor softShrink(Tensor x, double threshold) {
        if (x.isSymbolic()) {
            return node("SoftShrink", x, threshold);
        }
        Tensor y = floating(x);
        return where(greater(y, threshold), subtract(y, threshold),
                where(less(y, -threshold), add(y, threshold), 0));
    }

    /** {@link #softShrink(Tensor, double)} with threshold 0.5. */
    public static Tensor softShrink(Tensor x) {
        return softShrink(x, 0.5);
    }

    /** {@code x} where its absolute value is above the threshold, else 0. */
    public static Tensor hardShrink(Tensor x, double threshold) {
        if (x.isSymbolic()) {
            return node("HardShrink", x, threshold);
        }
        Tensor y = floating(x);
        return where(greater(abs(y), threshold), y, 0);
    }

    /** {@link #hardShrink(Tensor, double)} with threshold 0.5. */
    public static Tensor hardShrink(Tensor x) {
        return hardShrink(x, 0.5);
    }

    /** {@code x} where it is above the threshold, else another number. */
    public static Tensor threshold(Tensor x, double threshold, double otherwise) {
        if (x.isSymbolic()) {
            return node("Threshold", x, threshold, otherwise);
        }
        Tensor y = number(x);
        return where(greater(y, threshold), y, otherwise);
    }

    /** {@code (x + sqrt(x^2 + b)) / 2}. */
    public static Tensor squareplus(Tensor x, double b) {
        if (x.isSymbolic()) {
            return node("Squareplus", x, b);
        }
        Tensor y = floating(x);
        return divide(add(y, sqrt(add(square(y), b))), 2);
    }

    /** {@link #squareplus(Tensor, double)} with b = 4. */
    public static Tensor squareplus(Tensor x) {
        return squareplus(x, 4);
    }

    /** 0 up to -1, {@code (x + 1)^2 / 4} up to 1, then x. */
    public static Tensor sparsePlus(Tensor x) {
        if (x.isSymbolic()) {
            return node("SparsePlus", x);
        }
        Tensor y = floating(x);
        return where(lessEqual(y, -1), 0,
                where(less(y, 1), multiply(square(add(y, 1)), 0.25), y));
    }

    /** 0 up to -1, {@code (x + 1) / 2} up to 1, then 1. */
    public static Tensor sparseSigmoid(Tensor x) {
        if (x.isSymbolic()) {
            return node("SparseSigmoid", x);
        }
        Tensor y = floating(x);
        return where(lessEqual(y, -1), 0,
                where(greaterEqual(y, 1), 1, multiply(add(y, 1), 0.5)));
    }

    /** The first half along an axis times the sigmoid of the second half. */
    public static Tensor glu(Tensor x, int axis) {
        if (x.isSymbolic()) {
            return node("Glu", x, axis);
        }
        Tensor y = floating(x);
        List<Tensor> halves = split(y, 2, axis);
        return multiply(halves.get(0), apply(new Unary(UnaryKind.SIGMOID), halves.get(1)));
    }

    /** {@link #glu(Tensor, int)} along the last axis. */
    public static Tensor glu(Tensor x) {
        return glu(x, -1);
    }

    /**
     * {@code e^x / sum(e^x)} along an axis, without overflow. A crossentropy of the result is computed from x, without
     * loss of digits.
     */
    public static Tensor softmax(Tensor x, int axis) {
        if (x.isSymbolic()) {
            return node("Softmax", x, axis);
        }
        Tensor y = floating(x);
        Tensor powers = exp(subtract(y, stopGradient(max(y, axis, true))));
        return divide(powers, sum(powers, axis, true)).withLogits(y);
    }

    /** {@link #softmax(Tensor, int)} along the last axis. */
    public static Tensor softmax(Tensor x) {
        return softmax(x, -1);
    }

    /** {@code log(softmax(x))} without loss of digits. */
    public static Tensor logSoftmax(Tensor x, int axis) {
        if (x.isSymbolic()) {
            return node("LogSoftmax", x, axis);
        }
        Tensor y = floating(x);
        Tensor shifted = subtract(y, stopGradient(max(y, axis, true)));
        return subtract(shifted, log(sum(exp(shifted), axis, true)));
    }

    /** {@link #logSoftmax(Tensor, int)} along the last axis. */
    public static Tensor logSoftmax(Tensor x) {
        return logSoftmax(x, -1);
    }

    /**
     * A sparse alternative to softmax (Martins and Astudillo, 2016) with the numbers of Keras 3.15, whose level adds up
     * running sums: where several elements are not 0 they sum to less than 1.
     */
    public static Tensor sparsemax(Tensor x, int axis) {
        if (x.isSymbolic()) {
            return node("Sparsemax", x, axis);
        }
        Tensor y = floating(x);
        int normal = Axes.normal("sparsemax", y, axis);
        long[] dims = new long[y.rank()];
        Arrays.fill(dims, 1);
        dims[normal] = y.shape().dim(normal);
        Tensor count = add(apply(new Iota(TensorType.of(y.dtype(), dims), normal)), 1);
        Tensor sorted = apply(new Sort(normal, true), y);
        Tensor sums = cumsum(sorted, normal);
        Tensor support = greater(subtract(sorted, divide(subtract(sums, 1), count)), 0);
        Tensor chosen = sum(where(support, sums, 0), normal, true);
        Tensor level = divide(subtract(chosen, 1), sum(cast(support, y.dtype()), normal, true));
        return maximum(subtract(y, level), 0);
    }

    /** {@link #sparsemax(Tensor, int)} along the last axis. */
    public static Tensor sparsemax(Tensor x) {
        return sparsemax(x, -1);
    }
}
