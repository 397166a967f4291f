package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;

/**
 * {@code (1 - p^q) / q} with the probability p of the right class: robust against wrong labels. Targets are class
 * indices.
 *
 * @see <a href="https://arxiv.org/abs/1805.07836">Zhang, Sabuncu: Generalized cross entropy loss (2018)</a>
 */
public final class CategoricalGeneralizedCrossEntropy extends StandardLoss<CategoricalGeneralizedCrossEntropy> {
    private final double q;

    /** With q = 0.5. */
    public CategoricalGeneralizedCrossEntropy() {
        this(0.5);
    }

    /** With q between 0 (crossentropy) and 1 (absolute error), both excluded. */
    public CategoricalGeneralizedCrossEntropy(double q) {
        super("categorical_generalized_cross_entropy");
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException(className() + ": q between 0 and 1 is required. Received: " + q + ".");
        }
        this.q = q;
    }

    static CategoricalGeneralizedCrossEntropy from(ObjectNode config) {
        return new CategoricalGeneralizedCrossEntropy(Json.number(config, "q", 0.5)).configure(config);
    }


    @Override
    CategoricalGeneralizedCrossEntropy self() {
        return this;
    }

    @Override
    protected void check(TensorType yTrue, TensorType yPred) {
        Fit.indices(className(), "CategoricalCrossentropy", yTrue, yPred, -1);
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        Tensor labels = yTrue.rank() == yPred.rank() ? Ops.squeeze(yTrue, -1) : yTrue;
        return Losses.categoricalGeneralizedCrossEntropy(labels, yPred, q);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("q", q);
    }
}
