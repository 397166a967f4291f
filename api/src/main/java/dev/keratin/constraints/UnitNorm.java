package dev.keratin.constraints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** Norms of 1. */
public final class UnitNorm implements Constraint {
    private Norms norms = new Norms();

    static UnitNorm from(ObjectNode config) {
        return new UnitNorm().axis(Norms.axes(config));
    }

    /** Sets the axes that a norm is taken along: those of a unit's inputs; 0 unless set. */
    public UnitNorm axis(int... axes) {
        norms = new Norms(axes);
        return this;
    }

    @Override
    public Tensor call(Tensor w) {
        return norms.rescale(w, Ops::onesLike);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object();
        config.set("axis", norms.config());
        return config;
    }
}
