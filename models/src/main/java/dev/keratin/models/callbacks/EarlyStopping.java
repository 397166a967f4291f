package dev.keratin.models.callbacks;

import dev.keratin.Variable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stops training when a metric has stopped improving.
 *
 * @see <a href="https://keras.io/api/callbacks/early_stopping/">Keras: EarlyStopping</a>
 */
public final class EarlyStopping extends Callback {
    private String monitor = "val_loss";
    private double minDelta;
    private int patience;
    private int verbose;
    private String mode = "auto";
    private @Nullable Double baseline;
    private boolean restoreBestWeights;
    private int startFromEpoch;

    private Monitor watched = new Monitor("EarlyStopping", monitor, mode, 0);
    private int wait;
    private int bestEpoch;
    private int stoppedEpoch;
    private @Nullable List<ByteBuffer> bestWeights;

    /** Watches {@code val_loss} without patience. */
    public EarlyStopping() {}

    /** Watches a metric without patience. */
    public EarlyStopping(String monitor) {
        this.monitor = monitor;
    }

    /** The metric; {@code "val_loss"} by default. */
    public EarlyStopping monitor(String metric) {
        monitor = metric;
        return this;
    }

    /** The least change that counts as an improvement; 0 by default. */
    public EarlyStopping minDelta(double delta) {
        minDelta = delta;
        return this;
    }

    /** After how many epochs without improvement to stop; 0 by default. */
    public EarlyStopping patience(int epochs) {
        patience = epochs;
        return this;
    }

    /** 1 to say when it stops; 0 by default. */
    public EarlyStopping verbose(int newVerbose) {
        verbose = newVerbose;
        return this;
    }

    /** {@code "min"}, {@code "max"} or by the metric's name {@code "auto"}, the default. */
    public EarlyStopping mode(String newMode) {
        mode = newMode;
        return this;
    }

    /** What the metric has to be better than at all; nothing by default. */
    public EarlyStopping baseline(double value) {
        baseline = value;
        return this;
    }

    /** Whether the weights of the best epoch are put back at the end; false by default. */
    public EarlyStopping restoreBestWeights(boolean restore) {
        restoreBestWeights = restore;
        return this;
    }

    /** How many epochs to let pass first; 0 by default. */
    public EarlyStopping startFromEpoch(int epoch) {
        startFromEpoch = epoch;
        return this;
    }

    /** The epoch, from 0, after which training was stopped; 0 if it was not. */
    public int stoppedEpoch() {
        return stoppedEpoch;
    }

    /** The epoch, from 0, in which the metric was best. */
    public int bestEpoch() {
        return bestEpoch;
    }

    @Override
    public void onTrainBegin() {
        watched = new Monitor("EarlyStopping", monitor, mode, minDelta);
        wait = 0;
        stoppedEpoch = 0;
        bestEpoch = 0;
        bestWeights = null;
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        if (epoch >= startFromEpoch) {
            watched.value(model(), logs).ifPresent(value -> observe(epoch, value));
        }
    }

    private void observe(int epoch, double value) {
        if (restoreBestWeights && bestWeights == null) {
            bestWeights = copyWeights();
            bestEpoch = epoch;
        }
        wait++;
        if (watched.improve(value)) {
            bestEpoch = epoch;
            if (restoreBestWeights) {
                bestWeights = copyWeights();
            }
            if (baseline == null || watched.isBetter(value, baseline)) {
                wait = 0;
            }
            return;
        }
        if (wait >= patience && epoch > 0) {
            stoppedEpoch = epoch;
            model().stopTraining();
        }
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        if (stoppedEpoch > 0 && verbose > 0) {
            System.out.println("Epoch " + (stoppedEpoch + 1) + ": early stopping");
        }
        List<ByteBuffer> best = bestWeights;
        if (restoreBestWeights && best != null) {
            if (verbose > 0) {
                System.out.println("Restoring model weights from the end of the best epoch: " + (bestEpoch + 1) + ".");
            }
            List<Variable> weights = model().weights();
            for (int i = 0; i < weights.size(); i++) {
                weights.get(i).assign(best.get(i).duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN));
            }
        }
    }

    private List<ByteBuffer> copyWeights() {
        List<ByteBuffer> copies = new ArrayList<>();
        model().weights().forEach(weight -> copies.add(weight.value().toBytes()));
        return copies;
    }
}
