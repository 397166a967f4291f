package dev.keratin.regularizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** {@code l1 * sum(|x|) + l2 * sum(x^2)}. */
public final class L1L2 implements Regularizer {
    private final double l1;
    private final double l2;

    /** With both factors 0. */
    public L1L2() {
        this(0.0, 0.0);
    }

    /** With the given factors, at least 0. */
    public L1L2(double l1, double l2) {
        this.l1 = Factor.checked("L1L2", "l1", l1);
        this.l2 = Factor.checked("L1L2", "l2", l2);
    }

    @Override
    public Tensor call(Tensor x) {
        if (l1 == 0 || l2 == 0) {
            return l1 == 0 ? new L2(l2).call(x) : new L1(l1).call(x);
        }
        return Ops.add(new L1(l1).call(x), new L2(l2).call(x));
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("l1", l1).put("l2", l2);
    }
}
