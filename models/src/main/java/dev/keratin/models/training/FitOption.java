package dev.keratin.models.training;

import dev.keratin.models.callbacks.Callback;
import java.util.List;
import java.util.Map;

/**
 * One argument of {@code fit}, {@code evaluate} or {@code predict} that Keras takes by keyword; several are given in a
 * row: {@code model.fit(x, y, epochs(10), batchSize(32))}.
 */
@FunctionalInterface
public interface FitOption {
    /** Sets the argument. */
    void applyTo(FitSettings settings);

    /** How often training goes over the data; 1 by default. */
    static FitOption epochs(int epochs) {
        return settings -> settings.epochs = FitSettings.atLeast("epochs", 1, epochs);
    }

    /** Samples per step; 32 by default. For data that comes in batches already it must not be given. */
    static FitOption batchSize(int batchSize) {
        return settings -> settings.batchSize = FitSettings.atLeast("batchSize", 1, batchSize);
    }

    /** The part of the data, from its end, that is kept out of training and evaluated after each epoch; from 0 to 1. */
    static FitOption validationSplit(double fraction) {
        return settings -> settings.validationSplit = FitSettings.fraction("validationSplit", fraction);
    }

    /** What is evaluated after each epoch. */
    static FitOption validationData(Object x, Object y) {
        return settings -> settings.validationData = new Object[] {x, y, null};
    }

    /** What is evaluated after each epoch, with weights. */
    static FitOption validationData(Object x, Object y, Object sampleWeight) {
        return settings -> settings.validationData = new Object[] {x, y, sampleWeight};
    }

    /** What is evaluated after each epoch: batches. */
    static FitOption validationData(Iterable<?> batches) {
        return settings -> settings.validationData = new Object[] {batches};
    }

    /** Evaluates after every that many epochs only; 1 by default. */
    static FitOption validationFreq(int epochs) {
        return settings -> settings.validationFreq = FitSettings.atLeast("validationFreq", 1, epochs);
    }

    /** Samples per step of validation; the batch size by default. */
    static FitOption validationBatchSize(int batchSize) {
        return settings -> settings.validationBatchSize = FitSettings.atLeast("validationBatchSize", 1, batchSize);
    }

    /** At most that many steps of validation. */
    static FitOption validationSteps(int steps) {
        return settings -> settings.validationSteps = FitSettings.atLeast("validationSteps", 1, steps);
    }

    /** Whether the samples of arrays come in a new order in each epoch; true by default. */
    static FitOption shuffle(boolean shuffle) {
        return settings -> settings.shuffle = shuffle;
    }

    /** Shuffles in an order that this seed decides; by default the global seed does. */
    static FitOption shuffleSeed(long seed) {
        return settings -> settings.shuffleSeed = seed;
    }

    /** A factor for the loss of each class; classes that are not named count 1. */
    static FitOption classWeight(Map<Integer, Double> weights) {
        return settings -> settings.classWeight = Map.copyOf(weights);
    }

    /** A factor for the loss of each sample (or each step of it): anything that can be made a tensor. */
    static FitOption sampleWeight(Object weights) {
        return settings -> settings.sampleWeight = weights;
    }

    /** The number of the first epoch, for training that goes on; 0 by default. */
    static FitOption initialEpoch(int epoch) {
        return settings -> settings.initialEpoch = FitSettings.atLeast("initialEpoch", 0, epoch);
    }

    /** Steps per epoch, for batches without end. */
    static FitOption stepsPerEpoch(int steps) {
        return settings -> settings.stepsPerEpoch = FitSettings.atLeast("stepsPerEpoch", 1, steps);
    }

    /** At most that many steps of evaluate or predict. */
    static FitOption steps(int steps) {
        return settings -> settings.steps = FitSettings.atLeast("steps", 1, steps);
    }

    /** 0 prints nothing, 1 a progress bar, 2 one line per epoch; by default 1 on a terminal, else 2. */
    static FitOption verbose(int verbose) {
        return settings -> settings.verbose = FitSettings.verbosity(verbose);
    }

    /** What is told of the progress. */
    static FitOption callbacks(Callback... callbacks) {
        return settings -> settings.callbacks.addAll(List.of(callbacks));
    }
}
