package dev.keratin.models.training;

import dev.keratin.models.callbacks.Callback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the options of one call of fit, evaluate or predict add up to. */
public final class FitSettings {
    static final int DEFAULT_BATCH_SIZE = 32;

    int epochs = 1;
    @Nullable Integer batchSize;
    double validationSplit;
    Object @Nullable [] validationData;
    int validationFreq = 1;
    @Nullable Integer validationBatchSize;
    @Nullable Integer validationSteps;
    boolean shuffle = true;
    @Nullable Long shuffleSeed;
    Map<Integer, Double> classWeight = Map.of();
    @Nullable Object sampleWeight;
    int initialEpoch;
    @Nullable Integer stepsPerEpoch;
    @Nullable Integer steps;
    @Nullable Integer verbose;
    final List<Callback> callbacks = new ArrayList<>();

    private FitSettings() {}

    static FitSettings of(FitOption... options) {
        FitSettings settings = new FitSettings();
        for (FitOption option : options) {
            option.applyTo(settings);
        }
        return settings;
    }

    int batchSizeOrDefault() {
        return batchSize == null ? DEFAULT_BATCH_SIZE : batchSize;
    }

    static int atLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": at least " + least + " is required. Received: " + value + ". Give a larger"
                    + " number, or leave the option out.");
        }
        return value;
    }

    static double fraction(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + ": a number from 0 to below 1 is required. Received: " + value
                    + ". Write a tenth as 0.1, or leave the option out.");
        }
        return value;
    }

    static int verbosity(int value) {
        if (value < 0 || value > 2) {
            throw new IllegalArgumentException("verbose: 0 for silence, 1 for a bar or 2 for a line per epoch is required."
                    + " Received: " + value + ". Leave the option out for what suits the output.");
        }
        return value;
    }
}
