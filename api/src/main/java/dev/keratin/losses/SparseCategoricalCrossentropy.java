package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * {@code -log(yPred[..., yTrue])}: the crossentropy with class indices, [batch, ...] or [batch, ..., 1], as targets.
 * Probabilities are cut to [1e-7, 1 - 1e-7], but for those that {@code Ops.softmax} has made: there the loss is computed
 * from what the softmax was given.
 */
public final class SparseCategoricalCrossentropy extends StandardLoss<SparseCategoricalCrossentropy> {
    private boolean fromLogits;
    private @Nullable Integer ignoreClass;
    private int axis = -1;

    /** With the defaults. */
    public SparseCategoricalCrossentropy() {
        super("sparse_categorical_crossentropy");
    }

    static SparseCategoricalCrossentropy from(ObjectNode config) {
        return new SparseCategoricalCrossentropy().fromLogits(Json.bool(config, "from_logits", false))
                .ignoreClass(Json.integer(config, "ignore_class")).axis(Json.integer(config, "axis", -1)).configure(config);
    }

    /** Sets whether predictions are real numbers, whose softmax are the probabilities; false unless set. */
    public SparseCategoricalCrossentropy fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    /** Sets the label whose samples don't count, such as -1 or 255 for pixels without a class; null (unless set) for none. */
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
    protected void check(TensorType yTrue, TensorType yPred) {
        Fit.indices(className(), "CategoricalCrossentropy (\"categorical_crossentropy\")", yTrue, yPred, axis);
    }

    /** {@inheritDoc} Labels have to be from 0 to one less than the number of classes, or the ignored class. */
    @Override
    public void checkTargets(Tensor yTrue, TensorType yPred) {
        check(yTrue.type(), yPred);
        Fit.inRange(className(), yTrue, yPred, yPred.shape().dim(axis), ignoreClass);
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.sparseCategoricalCrossentropy(yTrue, yPred, fromLogits, ignoreClass, axis);
    }

    /** As Keras writes it, and {@code axis} where it isn't the default: Keras reads it but leaves it out when it saves. */
    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("from_logits", fromLogits).put("ignore_class", ignoreClass);
        return axis == -1 ? config : config.put("axis", axis);
    }
}
