package dev.keratin.models.callbacks;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A callback made of functions.
 *
 * @see <a href="https://keras.io/api/callbacks/lambda_callback/">Keras: LambdaCallback</a>
 */
public final class LambdaCallback extends Callback {
    private IntConsumer epochBegin = epoch -> {};
    private BiConsumer<Integer, Map<String, Double>> epochEnd = (epoch, logs) -> {};
    private IntConsumer batchBegin = batch -> {};
    private BiConsumer<Integer, Map<String, Double>> batchEnd = (batch, logs) -> {};
    private Runnable trainBegin = () -> {};
    private Consumer<Map<String, Double>> trainEnd = logs -> {};

    /** Does nothing until functions are set. */
    public LambdaCallback() {}

    /** Called with the number of the epoch that begins. */
    public LambdaCallback onEpochBegin(IntConsumer function) {
        epochBegin = function;
        return this;
    }

    /** Called with the number of the epoch that ends and its metrics. */
    public LambdaCallback onEpochEnd(BiConsumer<Integer, Map<String, Double>> function) {
        epochEnd = function;
        return this;
    }

    /** Called with the number of the batch that begins. */
    public LambdaCallback onTrainBatchBegin(IntConsumer function) {
        batchBegin = function;
        return this;
    }

    /** Called with the number of the batch that ends and the metrics. */
    public LambdaCallback onTrainBatchEnd(BiConsumer<Integer, Map<String, Double>> function) {
        batchEnd = function;
        return this;
    }

    /** Called when fit begins. */
    public LambdaCallback onTrainBegin(Runnable function) {
        trainBegin = function;
        return this;
    }

    /** Called with the metrics when fit ends. */
    public LambdaCallback onTrainEnd(Consumer<Map<String, Double>> function) {
        trainEnd = function;
        return this;
    }

    @Override
    public void onEpochBegin(int epoch) {
        epochBegin.accept(epoch);
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        epochEnd.accept(epoch, logs);
    }

    @Override
    public void onTrainBatchBegin(int batch) {
        batchBegin.accept(batch);
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        batchEnd.accept(batch, logs);
    }

    @Override
    public void onTrainBegin() {
        trainBegin.run();
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        trainEnd.accept(logs);
    }
}
