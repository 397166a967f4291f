package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The Kullback-Leibler divergence {@code sum(yTrue * log(yTrue / yPred))} along the last axis; for probabilities. */
public final class KLDivergence extends StandardLoss<KLDivergence> {
    /** With the default reduction. */
    public KLDivergence() {
        super("kl_divergence");
    }

    static KLDivergence from(ObjectNode config) {
        return new KLDivergence().configure(config);
    }

    @Override
    KLDivergence self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return RegressionLosses.matched(yTrue, yPred, Losses::klDivergence);
    }
}
