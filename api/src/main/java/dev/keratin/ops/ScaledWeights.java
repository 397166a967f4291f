package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;

/** How much each pixel counts for each pixel of an axis that is scaled and moved by amounts known when a step runs. */
final class ScaledWeights {
    private static final double LEAST_SUM = 1000 * 0x1p-23;

    private ScaledWeights() {}

    /** [from, to]. */
    static Tensor of(long from, long to, Tensor scale, Tensor translation, String method, boolean antialias) {
        Tensor inverse = Ops.divide(1, Ops.cast(scale, DType.FLOAT32));
        Tensor stretch = antialias ? Ops.maximum(inverse, 1) : Ops.onesLike(inverse);
        Tensor shift = Ops.multiply(Ops.cast(translation, DType.FLOAT32), inverse);
        Tensor place = Ops.subtract(Ops.subtract(Ops.multiply(Ops.add(counted(to), 0.5), inverse), shift), 0.5);
        Tensor distance = Ops.abs(Ops.subtract(Ops.expandDims(place, 0), Ops.expandDims(counted(from), 1)));
        Tensor weights = kernel(Ops.divide(distance, stretch), method);
        Tensor sum = Ops.sum(weights, 0, true);
        Tensor some = Ops.greater(Ops.abs(sum), LEAST_SUM);
        Tensor normal = Ops.where(some, Ops.divide(weights, Ops.where(some, sum, 1)), 0);
        Tensor inside = Ops.logicalAnd(Ops.greaterEqual(place, -0.5), Ops.lessEqual(place, from - 0.5));
        return Ops.where(Ops.expandDims(inside, 0), normal, 0);
    }

    private static Tensor counted(long count) {
        return Ops.cast(Ops.arange(count), DType.FLOAT32);
    }

    private static Tensor kernel(Tensor x, String method) {
        return switch (method) {
            case "linear", "bilinear", "trilinear", "triangle" -> Ops.maximum(Ops.subtract(1, x), 0);
            case "cubic", "bicubic", "tricubic" -> cubic(x);
            case "lanczos3" -> lanczos(x, 3);
            case "lanczos5" -> lanczos(x, 5);
            default -> throw new IllegalArgumentException("scaleAndTranslate: a method \"linear\", \"cubic\", \"lanczos3\" or"
                    + " \"lanczos5\" is required. Received: \"" + method + "\". Check the spelling.");
        };
    }

    private static Tensor cubic(Tensor x) {
        Tensor near = Ops.add(Ops.multiply(Ops.multiply(Ops.subtract(Ops.multiply(x, 1.5), 2.5), x), x), 1);
        Tensor far = Ops.add(Ops.multiply(Ops.subtract(
                Ops.multiply(Ops.add(Ops.multiply(x, -0.5), 2.5), x), 4), x), 2);
        return Ops.where(Ops.greaterEqual(x, 2), 0, Ops.where(Ops.greaterEqual(x, 1), far, near));
    }

    private static Tensor lanczos(Tensor x, double radius) {
        Tensor angle = Ops.multiply(x, Math.PI);
        Tensor above = Ops.multiply(Ops.multiply(Ops.sin(angle), Ops.sin(Ops.divide(angle, radius))), radius);
        Tensor near = Ops.lessEqual(x, 1e-3);
        Tensor value = Ops.divide(above, Ops.where(near, 1, Ops.square(angle)));
        return Ops.where(Ops.greater(x, radius), 0, Ops.where(near, 1, value));
    }
}
