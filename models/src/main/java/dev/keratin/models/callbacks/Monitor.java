package dev.keratin.models.callbacks;

import java.util.Map;
import java.util.Optional;

/** A metric that is watched for getting better. */
final class Monitor {
    private static final System.Logger LOG = System.getLogger(Monitor.class.getName());

    private final String who;
    private final String metric;
    private final boolean larger;
    private final double minDelta;
    private double best;

    Monitor(String who, String metric, String mode, double minDelta) {
        this.who = who;
        this.metric = metric;
        this.larger = larger(who, metric, mode);
        this.minDelta = Math.abs(minDelta);
        reset();
    }

    /** Keras's rule for "auto": accuracies and the like shall grow, everything else shall fall. */
    private static boolean larger(String who, String metric, String mode) {
        return switch (mode) {
            case "max" -> true;
            case "min" -> false;
            case "auto" -> metric.matches("(val_)?(.*_)?(acc|accuracy|auc|precision|recall|f1_score|fbeta_score|r2_score|mean_io_u)")
                    || metric.endsWith("accuracy");
            default -> throw new IllegalArgumentException(who + ": mode \"auto\", \"min\" or \"max\" is required. Received: \""
                    + mode + "\".");
        };
    }

    void reset() {
        best = larger ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    void startFrom(double value) {
        best = value;
    }

    double best() {
        return best;
    }

    /** The metric's value in logs; empty, with a warning, if it is not there. */
    Optional<Double> value(Map<String, Double> logs) {
        Double value = logs.get(metric);
        if (value == null) {
            LOG.log(System.Logger.Level.WARNING, "{0}: the metric \"{1}\" is required. Received: {2}. Add it to compile, or"
                    + " validation data to fit.", who, metric, logs.keySet());
        }
        return Optional.ofNullable(value);
    }

    boolean isBetter(double value) {
        return isBetter(value, best);
    }

    boolean isBetter(double value, double than) {
        return larger ? value - minDelta > than : value + minDelta < than;
    }

    /** Takes the value as the best one if it is better. */
    boolean improve(double value) {
        boolean better = isBetter(value);
        if (better) {
            best = value;
        }
        return better;
    }

    String metric() {
        return metric;
    }
}
