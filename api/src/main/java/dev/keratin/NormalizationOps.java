package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that bring elements to a common mean and scale. float16 and bfloat16 are computed in float32. */
abstract class NormalizationOps extends PoolOps {
    NormalizationOps() {}

    /** The mean and the variance along some axes, which vanish or keep the length 1. */
    public static Ops.Moments moments(Tensor x, int[] axes, boolean keepdims) {
        if (x.isSymbolic()) {
            List<Tensor> both = OpTable.call("Moments", x, axes, keepdims);
            return new Ops.Moments(both.get(0), both.get(1));
        }
        Tensor y = floating(x);
        Tensor wide = widened(y);
        Tensor mean = mean(wide, axes, true);
        Tensor variance = mean(square(subtract(wide, stopGradient(mean))), axes, keepdims);
        return new Ops.Moments(halved(keepdims ? mean : squeeze(mean, axes), y.dtype()), halved(variance, y.dtype()));
    }

    /** {@link #moments(Tensor, int[], boolean)}; the axes vanish. */
    public static Ops.Moments moments(Tensor x, int... axes) {
        return moments(x, axes.length == 0 ? Axes.all(x) : axes, false);
    }

    /**
     * {@code (x - mean) * rsqrt(variance + epsilon) * scale + offset}.
     *
     * @param mean one number for each element of the axis; variance, offset and scale likewise
     */
    public static Tensor batchNormalization(Tensor x, Tensor mean, Tensor variance, int axis,
            @Nullable Tensor offset, @Nullable Tensor scale, double epsilon) {
        if (symbolic(present(x, mean, variance, offset, scale))) {
            return node("BatchNorm", x, mean, variance, offset, scale, axis, epsilon);
        }
        int normal = Axes.normal("batchNormalization", x, axis);
        Tensor inverse = rsqrt(add(along(x, normal, variance), epsilon));
        Tensor gain = scale == null ? inverse : multiply(inverse, along(x, normal, scale));
        Tensor moved = negative(multiply(along(x, normal, mean), gain));
        Tensor bias = offset == null ? moved : add(along(x, normal, offset), moved);
        return add(multiply(x, gain), bias);
    }

    /** {@link #batchNormalization(Tensor, Tensor, Tensor, int, Tensor, Tensor, double)} with epsilon 0.001, no more. */
    public static Tensor batchNormalization(Tensor x, Tensor mean, Tensor variance, int axis) {
        return batchNormalization(x, mean, variance, axis, null, null, 1e-3);
    }

    /**
     * {@code (x - mean) * rsqrt(variance + epsilon) * gamma + beta} with mean and variance along some axes.
     *
     * @param gamma of the lengths of these axes, or null for 1
     * @param beta of the lengths of these axes, or null for 0
     */
    public static Tensor layerNormalization(
            Tensor x, @Nullable Tensor gamma, @Nullable Tensor beta, int[] axes, double epsilon) {
        if (symbolic(present(x, gamma, beta))) {
            return node("LayerNorm", x, gamma, beta, axes, epsilon);
        }
        Tensor input = floating(x);
        Tensor y = widened(input);
        Ops.Moments moments = moments(y, axes, true);
        Tensor result = multiply(subtract(y, moments.mean()), rsqrt(add(moments.variance(), epsilon)));
        result = gamma == null ? result : multiply(result, cast(alongAll(y, axes, gamma), y.dtype()));
        result = beta == null ? result : add(result, cast(alongAll(y, axes, beta), y.dtype()));
        return cast(result, input.dtype());
    }

    /** {@link #layerNormalization(Tensor, Tensor, Tensor, int[], double)} along the last axis with epsilon 1e-7. */
    public static Tensor layerNormalization(Tensor x, @Nullable Tensor gamma, @Nullable Tensor beta) {
        return layerNormalization(x, gamma, beta, new int[] {-1}, Configuration.epsilon());
    }

    /** {@code x * rsqrt(mean(x^2) + epsilon) * scale} with the mean along some axes; scale null is 1. */
    public static Tensor rmsNormalization(Tensor x, @Nullable Tensor scale, int[] axes, double epsilon) {
        if (symbolic(present(x, scale))) {
            return node("RMSNorm", x, scale, axes, epsilon);
        }
        Tensor input = floating(x);
        Tensor y = widened(input);
        Tensor result = multiply(y, rsqrt(add(mean(square(y), axes, true), epsilon)));
        result = scale == null ? result : multiply(result, cast(alongAll(y, axes, scale), y.dtype()));
        return cast(result, input.dtype());
    }

    /** {@link #rmsNormalization(Tensor, Tensor, int[], double)} along the last axis with epsilon 1e-7. */
    public static Tensor rmsNormalization(Tensor x, @Nullable Tensor scale) {
        return rmsNormalization(x, scale, new int[] {-1}, Configuration.epsilon());
    }

    /** The tensor divided by its norm of some order along an axis, or by epsilon (1e-7) if that is larger. */
    public static Tensor normalize(Tensor x, int axis, int order) {
        if (x.isSymbolic()) {
            return node("Normalize", x, axis, order);
        }
        if (order < 1) {
            throw new IllegalArgumentException("normalize: an order of 1 or more is required. Received: " + order + ". Use norm.");
        }
        Tensor y = floating(x);
        double epsilon = Configuration.epsilon();
        return order == 2
                ? multiply(y, minimum(rsqrt(sum(square(y), axis, true)), 1 / epsilon))
                : divide(y, maximum(norm(y, order, new int[] {axis}, true), epsilon));
    }

    /** {@link #normalize(Tensor, int, int)} along the last axis with order 2. */
    public static Tensor normalize(Tensor x) {
        return normalize(x, -1, 2);
    }

    /** The tensors that are there. */
    private static List<Tensor> present(@Nullable Tensor... tensors) {
        return Arrays.stream(tensors).filter(tensor -> tensor != null).toList();
    }

    /** One number for each element of an axis, shaped so that it stretches to x. */
    private static Tensor along(Tensor x, int axis, Tensor values) {
        if (axis == x.rank() - 1) {
            return values;
        }
        long[] dims = new long[x.rank()];
        Arrays.fill(dims, 1);
        dims[axis] = values.size();
        return reshaped(values, Shape.of(dims));
    }

    /** Numbers for some axes, shaped so that they stretch to x. */
    private static Tensor alongAll(Tensor x, int[] axes, Tensor values) {
        long[] dims = new long[x.rank()];
        Arrays.fill(dims, 1);
        Axes.normal("normalization", x, axes).forEach(axis -> dims[axis] = x.shape().dim(axis));
        boolean last = axes.length == 1 && Axes.normal("normalization", x, axes[0]) == x.rank() - 1;
        return last || values.rank() == x.rank() ? values : reshaped(values, Shape.of(dims));
    }

    private static Tensor halved(Tensor x, DType dtype) {
        return dtype == DType.FLOAT16 ? cast(clip(x, -65504, 65504), dtype) : cast(x, dtype);
    }
}
