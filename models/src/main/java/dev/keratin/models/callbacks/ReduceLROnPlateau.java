package dev.keratin.models.callbacks;

import java.util.Locale;
import java.util.Map;

/**
 * Lowers the learning rate when a metric has stopped improving.
 *
 * @see <a href="https://keras.io/api/callbacks/reduce_lr_on_plateau/">Keras: ReduceLROnPlateau</a>
 */
public final class ReduceLROnPlateau extends Callback {
    private String monitor = "val_loss";
    private double factor = 0.1;
    private int patience = 10;
    private int verbose;
    private String mode = "auto";
    private double minDelta = 1e-4;
    private int cooldown;
    private double minLr;

    private Monitor watched = new Monitor("ReduceLROnPlateau", monitor, mode, minDelta);
    private int wait;
    private int cooling;

    /** Watches {@code val_loss} with Keras's defaults. */
    public ReduceLROnPlateau() {}

    /** The metric; {@code "val_loss"} by default. */
    public ReduceLROnPlateau monitor(String metric) {
        monitor = metric;
        return this;
    }

    /** What the learning rate is multiplied by; 0.1 by default, below 1. */
    public ReduceLROnPlateau factor(double newFactor) {
        if (newFactor >= 1) {
            throw new IllegalArgumentException("ReduceLROnPlateau: a factor below 1 is required. Received: " + newFactor
                    + ". The learning rate is multiplied by it.");
        }
        factor = newFactor;
        return this;
    }

    /** After how many epochs without improvement to act; 10 by default. */
    public ReduceLROnPlateau patience(int epochs) {
        patience = epochs;
        return this;
    }

    /** 1 to say when it acts; 0 by default. */
    public ReduceLROnPlateau verbose(int newVerbose) {
        verbose = newVerbose;
        return this;
    }

    /** {@code "min"}, {@code "max"} or by the metric's name {@code "auto"}, the default. */
    public ReduceLROnPlateau mode(String newMode) {
        mode = newMode;
        return this;
    }

    /** The least change that counts as an improvement; 1e-4 by default. */
    public ReduceLROnPlateau minDelta(double delta) {
        minDelta = delta;
        return this;
    }

    /** How many epochs to wait after acting before watching again; 0 by default. */
    public ReduceLROnPlateau cooldown(int epochs) {
        cooldown = epochs;
        return this;
    }

    /** The learning rate is never made lower than this; 0 by default. */
    public ReduceLROnPlateau minLr(double least) {
        minLr = least;
        return this;
    }

    @Override
    public void onTrainBegin() {
        watched = new Monitor("ReduceLROnPlateau", monitor, mode, minDelta);
        wait = 0;
        cooling = 0;
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        logs.put("learning_rate", model().optimizer().currentLearningRate());
        watched.value(model(), logs).ifPresent(value -> observe(epoch, value));
    }

    private void observe(int epoch, double value) {
        if (cooling > 0) {
            cooling--;
            wait = 0;
        }
        if (watched.improve(value)) {
            wait = 0;
        } else if (cooling <= 0 && ++wait >= patience) {
            lower(epoch);
        }
    }

    private void lower(int epoch) {
        double old = model().optimizer().currentLearningRate();
        if (old > (float) minLr) {
            double lowered = Math.max(old * factor, minLr);
            model().optimizer().learningRate(lowered);
            if (verbose > 0) {
                System.out.println(String.format(Locale.ROOT, "%nEpoch %d: ReduceLROnPlateau reducing learning rate to %s.",
                        epoch + 1, lowered));
            }
            cooling = cooldown;
            wait = 0;
        }
    }
}
