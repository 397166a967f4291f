package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** The mean over all samples of Lin's concordance correlation of targets and predictions along an axis. */
public final class ConcordanceCorrelation extends MeanOf<ConcordanceCorrelation> {
    private int axis = -1;

    /** Named {@code "concordance_correlation"}. */
    public ConcordanceCorrelation() {
        super("concordance_correlation", Direction.UP);
    }

    static ConcordanceCorrelation from(JsonNode config) {
        return new ConcordanceCorrelation().axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets the axis of what is correlated; -1 unless set. */
    public ConcordanceCorrelation axis(int axis) {
        this.axis = axis;
        return this;
    }

    @Override
    ConcordanceCorrelation self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Metrics.concordanceCorrelation(yTrue, yPred, axis);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("axis", axis);
    }
}
