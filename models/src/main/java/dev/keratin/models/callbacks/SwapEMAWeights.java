package dev.keratin.models.callbacks;

import dev.keratin.Variable;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Evaluates and predicts with the moving averages of the weights that the optimizer keeps, and puts the weights back afterwards.
 * For an optimizer with {@code useEma(true)}. Holds a copy of the weights meanwhile.
 *
 * <p>Keras leaves the averages in the model after {@code predict}; here the weights come back as after {@code evaluate}.
 *
 * @see <a href="https://keras.io/api/callbacks/swap_ema_weights/">Keras: SwapEMAWeights</a>
 */
public final class SwapEMAWeights extends Callback {
    private final boolean swapOnEpoch;
    /** The weights, while the averages are in the model. */
    private final Map<Variable, ByteBuffer> weights = new IdentityHashMap<>();

    /** Swaps for evaluation and prediction. */
    public SwapEMAWeights() {
        this(false);
    }

    /**
     * Swaps for evaluation and prediction, and perhaps at the end of each epoch.
     *
     * @param swapOnEpoch whether the averages stay in the model from the end of an epoch to the beginning of the next, for
     *     callbacks after this one that save the model
     */
    public SwapEMAWeights(boolean swapOnEpoch) {
        this.swapOnEpoch = swapOnEpoch;
    }

    @Override
    public void onEpochBegin(int epoch) {
        if (swapOnEpoch) {
            weightsInModel();
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        if (swapOnEpoch) {
            averagesInModel();
        }
    }

    /** When training ends, {@code fit} has given the model the averages. */
    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        weights.clear();
    }

    @Override
    public void onTestBegin() {
        averagesInModel();
    }

    @Override
    public void onTestEnd(Map<String, Double> logs) {
        weightsInModel();
    }

    @Override
    public void onPredictBegin() {
        averagesInModel();
    }

    @Override
    public void onPredictEnd() {
        weightsInModel();
    }

    private void averagesInModel() {
        if (!weights.isEmpty()) {
            return;
        }
        for (Variable weight : model().weights()) {
            Variable average = model().optimizer().average(weight);
            if (average != null) {
                weights.put(weight, weight.value().toBytes());
                weight.assign(average.value());
            }
        }
        if (weights.isEmpty()) {
            throw new IllegalStateException("SwapEMAWeights: an optimizer that keeps moving averages is required. Received: "
                    + model().optimizer() + ". Set useEma(true), and train before you evaluate.");
        }
    }

    private void weightsInModel() {
        weights.forEach(Variable::assign);
        weights.clear();
    }
}
