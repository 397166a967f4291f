package dev.keratin.models.callbacks;

import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Sets the learning rate at the beginning of every epoch.
 *
 * @see <a href="https://keras.io/api/callbacks/learning_rate_scheduler/">Keras: LearningRateScheduler</a>
 */
public final class LearningRateScheduler extends Callback {
    private final DoubleBinaryOperator schedule;
    private int verbose;

    /**
     * A schedule.
     *
     * @param schedule from the number of the epoch, from 0, and the current learning rate to the new one
     */
    public LearningRateScheduler(DoubleBinaryOperator schedule) {
        this.schedule = schedule;
    }

    /** 1 to say what it sets; 0 by default. */
    public LearningRateScheduler verbose(int newVerbose) {
        verbose = newVerbose;
        return this;
    }

    @Override
    public void onEpochBegin(int epoch) {
        double rate = schedule.applyAsDouble(epoch, model().optimizer().currentLearningRate());
        model().optimizer().learningRate(rate);
        if (verbose > 0) {
            System.out.println("\nEpoch " + (epoch + 1) + ": LearningRateScheduler setting learning rate to " + rate + ".");
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        logs.put("learning_rate", model().optimizer().currentLearningRate());
    }
}
