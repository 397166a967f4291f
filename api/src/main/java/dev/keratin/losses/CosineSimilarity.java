package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** Minus the cosine of the angle between targets and predictions: -1 where they point the same way. */
public final class CosineSimilarity extends StandardLoss<CosineSimilarity> {
    private int axis = -1;

    /** With the defaults. */
    public CosineSimilarity() {
        super("cosine_similarity");
    }

    static CosineSimilarity from(ObjectNode config) {
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
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.cosineSimilarity(yTrue, yPred, axis);
    }

    /** As Keras writes it, and {@code axis} where it isn't the default: Keras reads it but leaves it out when it saves. */
    @Override
    public ObjectNode config() {
        return axis == -1 ? super.config() : super.config().put("axis", axis);
    }
}
