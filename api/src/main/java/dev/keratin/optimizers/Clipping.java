package dev.keratin.optimizers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;

/** How gradients are bounded before they are used. */
enum Clipping {
    /** Each gradient is scaled down to a norm of at most the limit: {@code g * limit / max(norm, limit)}. */
    BY_NORM,
    /** Each element is brought to between minus the limit and the limit. */
    BY_VALUE,
    /** All gradients are scaled by one factor, so that their norm as one vector is at most the limit. */
    BY_GLOBAL_NORM;

    List<Tensor> clip(List<Tensor> gradients, double limit) {
        return switch (this) {
            case BY_NORM -> gradients.stream().map(gradient -> byNorm(gradient, limit)).toList();
            case BY_VALUE -> gradients.stream().map(gradient -> Ops.clip(gradient, -limit, limit)).toList();
            case BY_GLOBAL_NORM -> byGlobalNorm(gradients, limit);
        };
    }

    private static Tensor byNorm(Tensor gradient, double limit) {
        Tensor norm = Ops.sqrt(Ops.sum(Ops.square(gradient)));
        return Ops.divide(Ops.multiply(gradient, limit), Ops.maximum(norm, limit));
    }

    private static List<Tensor> byGlobalNorm(List<Tensor> gradients, double limit) {
        Tensor norm = Ops.sqrt(gradients.stream().map(each -> Ops.sum(Ops.square(each))).reduce(Ops::add).orElseThrow());
        Tensor scale = Ops.multiply(Ops.minimum(Ops.divide(1, norm), 1 / limit), limit);
        // Infinite and NaN norms make every gradient NaN, so that they are seen and not hidden.
        Tensor factor = Ops.add(scale, Ops.subtract(norm, norm));
        return gradients.stream().map(each -> Ops.multiply(each, Ops.cast(factor, each.dtype()))).toList();
    }
}
