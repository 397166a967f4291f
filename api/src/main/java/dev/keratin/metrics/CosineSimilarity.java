package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.losses.Losses;

/** The mean cosine of the angle between targets and predictions: 1 where they point the same way. */
public final class CosineSimilarity extends MeanOf<CosineSimilarity> {
    private int axis = -1;

    /** Named {@code "cosine_similarity"}. */
    public CosineSimilarity() {
        super("cosine_similarity", Direction.UP);
    }

    static CosineSimilarity from(JsonNode config) {
        return new CosineSimilarity().axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets the axis of the vectors; -1 unless set. */
    public CosineSimilarity axis(int axis) {
        this.axis = axis;
        return this;
    }

    @Override
    CosineSimilarity self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Ops.negative(Losses.cosineSimilarity(yTrue, yPred, axis));
    }

    /** As Keras writes it, and {@code axis} where it isn't the default: Keras reads it but leaves it out when it saves. */
    @Override
    public ObjectNode config() {
        return axis == -1 ? super.config() : super.config().put("axis", axis);
    }
}
