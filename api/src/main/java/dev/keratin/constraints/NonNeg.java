package dev.keratin.constraints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** Elements of at least 0. */
public final class NonNeg implements Constraint {
    @Override
    public Tensor call(Tensor w) {
        return Ops.maximum(w, 0);
    }

    @Override
    public ObjectNode config() {
        return Json.object();
    }
}
