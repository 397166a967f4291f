package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** The mean over all samples of Pearson's correlation of targets and predictions along an axis. */
public final class PearsonCorrelation extends MeanOf<PearsonCorrelation> {
    private int axis = -1;

    /** Named {@code "pearson_correlation"}. */
    public PearsonCorrelation() {
        super("pearson_correlation", Direction.UP);
    }

    static PearsonCorrelation from(JsonNode config) {
        return new PearsonCorrelation().axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets the axis of what is correlated; -1 unless set. */
    public PearsonCorrelation axis(int axis) {
        this.axis = axis;
        return this;
    }

    @Override
    PearsonCorrelation self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Metrics.pearsonCorrelation(yTrue, yPred, axis);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("axis", axis);
    }
}
