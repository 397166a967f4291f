package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** How far on average the score of the right class is from being 1 above the highest other one. */
public final class CategoricalHinge extends MeanOf<CategoricalHinge> {
    /** Named {@code "categorical_hinge"}. */
    public CategoricalHinge() {
        super("categorical_hinge", Direction.DOWN);
    }

    static CategoricalHinge from(JsonNode config) {
        return new CategoricalHinge().configure(config);
    }

    @Override
    CategoricalHinge self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.categoricalHinge(yTrue, yPred);
    }
}
