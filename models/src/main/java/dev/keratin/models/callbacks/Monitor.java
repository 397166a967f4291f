package dev.keratin.models.callbacks;

import dev.keratin.metrics.Direction;
import dev.keratin.metrics.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A metric that is watched for getting better. */
final class Monitor {
    private static final System.Logger LOG = System.getLogger(Monitor.class.getName());

    private static final String GROWING = "(.*_)?(acc|accuracy|auc|precision|recall|f1_score|fbeta_score|r2_score|mean_io_u)";

    private final String who;
    private final String metric;
    private final String mode;
    private final double minDelta;
    private @Nullable Double best;
    private @Nullable Boolean larger;
    private boolean warned;

    Monitor(String who, String metric, String mode, double minDelta) {
        this.who = who;
        this.metric = metric;
        this.mode = mode;
        this.minDelta = Math.abs(minDelta);
        if (!List.of("auto", "min", "max").contains(mode)) {
            throw new IllegalArgumentException(who + ": mode \"auto\", \"min\" or \"max\" is required. Received: \"" + mode
                    + "\". Take \"max\" for what is better when it is larger.");
        }
    }

    /** Decides what is better by the model's metrics, as far as they know, when the first value is there. */
    private void watch(TrainedModel model) {
        if (larger == null) {
            larger = mode.equals("max") || mode.equals("auto") && direction(model) == Direction.UP;
        }
    }

    /** Keras's rule for "auto": as the metric of this name says; a metric that doesn't know goes by its name. */
    private Direction direction(TrainedModel model) {
        String name = metric.replaceFirst("^val_", "").replaceFirst("_\\d+$", "");
        return model.metrics().stream().filter(each -> name.equals(each.name()) || name.endsWith("_" + each.name()))
                .map(Metric::direction).filter(each -> each != Direction.UNKNOWN).findFirst()
                .orElse(name.matches(GROWING) ? Direction.UP : Direction.DOWN);
    }

    private boolean isLarger() {
        return Boolean.TRUE.equals(larger);
    }

    void startFrom(double value) {
        best = value;
    }

    /** The best value so far: at first the worst there is. */
    double best() {
        Double known = best;
        return known != null ? known : isLarger() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /** The metric's value in logs; empty, with a warning the first time, if it is not there. */
    Optional<Double> value(TrainedModel model, Map<String, Double> logs) {
        watch(model);
        Double value = logs.get(metric);
        if (value == null && !warned) {
            warned = true;
            LOG.log(System.Logger.Level.WARNING, "{0}: the metric \"{1}\" is required. Received: {2}. Add it to compile, or"
                    + " validation data to fit.", who, metric, logs.keySet());
        }
        return Optional.ofNullable(value);
    }

    boolean isBetter(double value) {
        return isBetter(value, best());
    }

    boolean isBetter(double value, double than) {
        return isLarger() ? value - minDelta > than : value + minDelta < than;
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
