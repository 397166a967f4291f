package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Configurable;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * How far predictions are from what they should be: one number for each sample ({@link #values}), weighted and reduced
 * to a scalar ({@link #call}).
 *
 * <p>The reduction is one of
 * <ul>
 *   <li>{@code "sum_over_batch_size"} (the default) or {@code "mean"}: the sum divided by the number of values,
 *   <li>{@code "mean_with_sample_weight"}: the sum divided by the sum of the weights,
 *   <li>{@code "sum"},
 *   <li>{@code "none"}: the weighted values themselves.
 * </ul>
 *
 * <p>To make one's own, extend this class and write {@link #values} with {@link Ops}. Safe for use by several threads
 * once configured.
 */
public abstract class Loss implements Configurable {
    private String name;
    private Reduction reduction = Reduction.SUM_OVER_BATCH_SIZE;
    private @Nullable DType dtype;

    /** A loss with the default reduction that computes in floatx. */
    protected Loss(String name) {
        this.name = name;
    }

    /**
     * One value for each sample, without weights.
     *
     * @param yTrue of {@link #dtype()}, such as [batch, ...]
     * @param yPred of {@link #dtype()}, such as [batch, ..., outputs]
     * @return usually of the shape of {@code yPred} without its last axis; a mask attached to it says which values count
     */
    protected abstract Tensor values(Tensor yTrue, Tensor yPred);

    /**
     * Says what is wrong when targets and predictions can't belong together; does nothing if they can.
     *
     * @throws IllegalArgumentException saying what is required, what was received and what to do
     */
    protected void check(TensorType yTrue, TensorType yPred) {
        Fit.broadcastable(className(), yTrue, yPred);
    }

    /**
     * Checks concrete targets before a step runs on them, as far as that takes more than their type: labels out of range,
     * say. Does nothing unless a loss has something to check.
     *
     * @throws IllegalArgumentException saying what is required, what was received and what to do
     */
    public void checkTargets(Tensor yTrue, TensorType yPred) {
        check(yTrue.type(), yPred);
    }

    /** {@link #call(Tensor, Tensor, Tensor)} with equal weights. */
    public final Tensor call(Tensor yTrue, Tensor yPred) {
        return call(yTrue, yPred, null);
    }

    /** {@link #call(Tensor, Tensor, Tensor, Tensor)} with the mask that is attached to the predictions, if any. */
    public final Tensor call(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        return call(yTrue, yPred, sampleWeight, yPred.mask());
    }

    /**
     * The loss of a batch.
     *
     * @param sampleWeight a factor for each value, [batch] or of the shape of the values; null for 1
     * @param mask which values count, bool [batch, ...]; null if all do. The mean is over those that count
     * @return a scalar of {@link #dtype()}, or the weighted values if the reduction is {@code "none"}
     * @throws IllegalArgumentException if targets and predictions can't belong together
     */
    public final Tensor call(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight, @Nullable Tensor mask) {
        if (yTrue.isConcrete()) {
            checkTargets(yTrue, yPred.type());
        } else {
            check(yTrue.type(), yPred.type());
        }
        Tensor values = values(Ops.cast(yTrue, dtype()), Ops.cast(yPred, dtype()));
        return reduction.reduce(values, sampleWeight, Reduction.both(mask, values.mask()));
    }

    /** What it is called in logs. */
    public final String name() {
        return name;
    }

    /** The name of the reduction. */
    public final String reduction() {
        return reduction.toString();
    }

    /** What it is computed in; floatx unless set. */
    public final DType dtype() {
        return dtype == null ? Configuration.floatx() : dtype;
    }

    /** Sets {@link #name()}; for subclasses, before first use. */
    protected final void setName(String name) {
        this.name = name;
    }

    /** Sets {@link #reduction()}; for subclasses, before first use. */
    protected final void setReduction(String reduction) {
        this.reduction = Reduction.of(className(), reduction);
    }

    /** Sets {@link #dtype()}; for subclasses, before first use. */
    protected final void setDtype(DType dtype) {
        this.dtype = dtype;
    }

    /** {@code name} and {@code reduction}; subclasses add their own arguments. */
    @Override
    public ObjectNode config() {
        return Json.object().put("name", name).put("reduction", reduction.toString());
    }

    @Override
    public String toString() {
        return className() + " \"" + name() + "\"";
    }
}
