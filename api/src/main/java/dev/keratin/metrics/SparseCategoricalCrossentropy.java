package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.losses.Losses;
import org.jspecify.annotations.Nullable;

/**
 * The mean crossentropy with class indices as targets; see {@link dev.keratin.losses.SparseCategoricalCrossentropy}. As
 * in Keras, samples of the ignored class count as 0 unless there are sample weights.
 */
public final class SparseCategoricalCrossentropy extends MeanOf<SparseCategoricalCrossentropy> {
    private boolean fromLogits;
    private @Nullable Integer ignoreClass;
    private int axis = -1;

    /** Named {@code "sparse_categorical_crossentropy"}. */
    public SparseCategoricalCrossentropy() {
        super("sparse_categorical_crossentropy", Direction.DOWN);
    }

    static SparseCategoricalCrossentropy from(JsonNode config) {
        return new SparseCategoricalCrossentropy().fromLogits(Json.bool(config, "from_logits", false))
                .ignoreClass(Json.integer(config, "ignore_class")).axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets whether predictions are real numbers, whose softmax are the probabilities; false unless set. */
    public SparseCategoricalCrossentropy fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    /** Sets the label whose samples don't count; null (unless set) for none. */
    public SparseCategoricalCrossentropy ignoreClass(@Nullable Integer ignoreClass) {
        this.ignoreClass = ignoreClass;
        return this;
    }

    /** Sets the axis of the classes; -1 unless set. */
    public SparseCategoricalCrossentropy axis(int axis) {
        this.axis = axis;
        return this;
    }

    @Override
    SparseCategoricalCrossentropy self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.sparseCategoricalCrossentropy(yTrue, yPred, fromLogits, ignoreClass, axis);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("from_logits", fromLogits).put("ignore_class", ignoreClass).put("axis", axis);
    }
}
