package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean Kullback-Leibler divergence {@code sum(yTrue * log(yTrue / yPred))}. */
public final class KLDivergence extends MeanOf<KLDivergence> {
    /** Named {@code "kl_divergence"}. */
    public KLDivergence() {
        super("kl_divergence", Direction.DOWN);
    }

    static KLDivergence from(JsonNode config) {
        return new KLDivergence().configure(config);
    }

    @Override
    KLDivergence self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.klDivergence(yTrue, yPred);
    }
}
