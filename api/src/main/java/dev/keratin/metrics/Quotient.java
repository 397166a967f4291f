package dev.keratin.metrics;

import dev.keratin.Ops;
import dev.keratin.Tensor;

/** Division where there may be nothing to divide by. */
final class Quotient {
    private Quotient() {}

    /** {@code a / b}, 0 where b is 0. */
    static Tensor of(Tensor a, Tensor b) {
        Tensor none = Ops.equal(b, 0);
        return Ops.where(none, 0.0, Ops.divide(a, Ops.where(none, 1.0, b)));
    }
}
