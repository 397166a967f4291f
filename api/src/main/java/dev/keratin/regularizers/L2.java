package dev.keratin.regularizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** {@code l2 * sum(x^2)}. */
public final class L2 implements Regularizer {
    private final double l2;

    /** With the factor 0.01. */
    public L2() {
        this(0.01);
    }

    /** With the given factor, at least 0. */
    public L2(double l2) {
        this.l2 = Factor.checked("L2", "l2", l2);
    }

    @Override
    public Tensor call(Tensor x) {
        return Ops.multiply(Ops.sum(Ops.square(x)), l2);
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("l2", l2);
    }
}
