package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The arguments that all optimizers have, but for the learning rate. */
final class OptimizerOptions {
    final WeightDecay exemptions = new WeightDecay();
    private final String who;
    @Nullable Double weightDecay;
    @Nullable Double lossScaleFactor;
    boolean useEma;
    double emaMomentum = 0.99;
    int emaOverwriteFrequency;
    int gradientAccumulationSteps;
    private @Nullable Clipping clipping;
    private double limit;

    OptimizerOptions(String who) {
        this.who = who;
    }

    void clip(Clipping kind, double newLimit) {
        if (clipping != null && clipping != kind) {
            throw new IllegalArgumentException(who + ": at most one of clipnorm, clipvalue and globalClipnorm is required."
                    + " Received: " + newLimit + " " + kind + " after " + limit + " " + clipping + ". Leave one out.");
        }
        clipping = kind;
        limit = newLimit;
    }

    void emaMomentum(double momentum) {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    who + ": an emaMomentum from 0 to 1 is required. Received: " + momentum + ".");
        }
        emaMomentum = momentum;
    }

    void emaOverwriteFrequency(int frequency) {
        if (frequency < 1) {
            throw new IllegalArgumentException(who + ": an emaOverwriteFrequency of at least 1 is required. Received: "
                    + frequency + ". Leave it out to never overwrite variables.");
        }
        emaOverwriteFrequency = frequency;
    }

    void gradientAccumulationSteps(int steps) {
        if (steps < 2) {
            throw new IllegalArgumentException(who + ": gradientAccumulationSteps of at least 2 are required. Received: "
                    + steps + ". Leave it out to update in each step.");
        }
        gradientAccumulationSteps = steps;
    }

    List<Tensor> unscale(List<Tensor> gradients) {
        Double factor = lossScaleFactor;
        return factor == null ? gradients : gradients.stream().map(each -> Ops.divide(each, factor)).toList();
    }

    List<Tensor> clip(List<Tensor> gradients) {
        return clipping == null || limit <= 0 ? gradients : clipping.clip(gradients, limit);
    }

    void write(ObjectNode config) {
        config.put("weight_decay", weightDecay);
        config.put("clipnorm", limitOf(Clipping.BY_NORM));
        config.put("global_clipnorm", limitOf(Clipping.BY_GLOBAL_NORM));
        config.put("clipvalue", limitOf(Clipping.BY_VALUE));
        config.put("use_ema", useEma);
        config.put("ema_momentum", emaMomentum);
        config.put("ema_overwrite_frequency", orNull(emaOverwriteFrequency));
        config.put("loss_scale_factor", lossScaleFactor);
        config.put("gradient_accumulation_steps", orNull(gradientAccumulationSteps));
    }

    void read(ObjectNode config) {
        weightDecay = config.has("weight_decay") ? Json.number(config, "weight_decay") : weightDecay;
        lossScaleFactor = Json.number(config, "loss_scale_factor");
        useEma = Json.bool(config, "use_ema", useEma);
        readClipping(config, "clipnorm", Clipping.BY_NORM);
        readClipping(config, "clipvalue", Clipping.BY_VALUE);
        readClipping(config, "global_clipnorm", Clipping.BY_GLOBAL_NORM);
        emaMomentum(Json.number(config, "ema_momentum", emaMomentum));
        int frequency = Json.integer(config, "ema_overwrite_frequency", 0);
        if (frequency != 0) {
            emaOverwriteFrequency(frequency);
        }
        int steps = Json.integer(config, "gradient_accumulation_steps", 0);
        if (steps != 0) {
            gradientAccumulationSteps(steps);
        }
    }

    private void readClipping(ObjectNode config, String key, Clipping kind) {
        Double value = Json.number(config, key);
        if (value != null) {
            clip(kind, value);
        }
    }

    private @Nullable Double limitOf(Clipping kind) {
        return clipping == kind ? (Double) limit : null;
    }

    private static @Nullable Integer orNull(int value) {
        return value == 0 ? null : (Integer) value;
    }

    /** Keras's default name of a class: {@code RMSprop} gives {@code rm_sprop}. */
    static String snakeCase(String className) {
        return className.replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
