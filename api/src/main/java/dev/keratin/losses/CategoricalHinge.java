package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** How far the score of the right class is from being 1 above the highest other one; one-hot targets. */
public final class CategoricalHinge extends StandardLoss<CategoricalHinge> {
    /** With the default reduction. */
    public CategoricalHinge() {
        super("categorical_hinge");
    }

    static CategoricalHinge from(ObjectNode config) {
        return new CategoricalHinge().configure(config);
    }

    @Override
    CategoricalHinge self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, Losses::categoricalHinge);
    }
}
