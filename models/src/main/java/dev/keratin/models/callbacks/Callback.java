package dev.keratin.models.callbacks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is told when training, evaluation and prediction begin and end, epochs and batches; every method does nothing unless
 * overridden. Logs are the metrics by name: of the batch or epoch that ends, with those of validation under {@code val_}.
 *
 * @see <a href="https://keras.io/api/callbacks/base_callback/">Keras: Callback</a>
 */
public abstract class Callback {
    private @Nullable TrainedModel model;

    /** A callback that belongs to no model yet. */
    protected Callback() {}

    /** The model it is used with. */
    protected final TrainedModel model() {
        TrainedModel known = model;
        if (known == null) {
            throw new IllegalStateException(getClass().getSimpleName() + ": a model is required. Received: none. Pass the"
                    + " callback to fit, evaluate or predict.");
        }
        return known;
    }

    /** Says which model it is used with; called before anything else. */
    public final void setModel(TrainedModel newModel) {
        model = newModel;
    }

    /** fit begins. */
    public void onTrainBegin() {}

    /** fit ends; the logs are those of the last epoch. */
    public void onTrainEnd(Map<String, Double> logs) {}

    /** An epoch begins; counted from 0. */
    public void onEpochBegin(int epoch) {}

    /** An epoch ends; logs may be added to. */
    public void onEpochEnd(int epoch, Map<String, Double> logs) {}

    /** A batch of fit begins; counted from 0 in each epoch. */
    public void onTrainBatchBegin(int batch) {}

    /** A batch of fit ends. */
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {}

    /** evaluate begins, also when it is the validation of fit. */
    public void onTestBegin() {}

    /** evaluate ends. */
    public void onTestEnd(Map<String, Double> logs) {}

    /** A batch of evaluate begins. */
    public void onTestBatchBegin(int batch) {}

    /** A batch of evaluate ends. */
    public void onTestBatchEnd(int batch, Map<String, Double> logs) {}

    /** predict begins. */
    public void onPredictBegin() {}

    /** predict ends. */
    public void onPredictEnd() {}

    /** A batch of predict begins. */
    public void onPredictBatchBegin(int batch) {}

    /** A batch of predict ends. */
    public void onPredictBatchEnd(int batch) {}

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
