package dev.keratin.regularizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** {@code l1 * sum(|x|)}. */
public final class L1 implements Regularizer {
    private final double l1;

    /** With the factor 0.01. */
    public L1() {
        this(0.01);
    }

    /** With the given factor, at least 0. */
    public L1(double l1) {
        this.l1 = Factor.checked("L1", "l1", l1);
    }

    @Override
    public Tensor call(Tensor x) {
        return Ops.multiply(Ops.sum(Ops.abs(x)), l1);
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("l1", l1);
    }
}
