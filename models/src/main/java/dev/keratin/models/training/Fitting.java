package dev.keratin.models.training;

import dev.keratin.TensorScope;
import dev.keratin.data.Batch;
import dev.keratin.data.BatchIterator;
import dev.keratin.data.Dataset;
import dev.keratin.data.TensorRows;
import dev.keratin.random.GlobalSeed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One call of {@code fit}. */
final class Fitting {
    private static final int PREFETCHED = 2;

    private final Trainer model;
    private final FitSettings settings;
    private final History history = new History();
    private @Nullable Dataset validation;
    /** Whether the order of the rows depends on the number of the epoch. */
    private boolean ordered;

    Fitting(Trainer model, FitSettings settings) {
        this.model = model;
        this.settings = settings;
    }

    History fit(Object x, Object y) {
        model.requireCompiledFor("fit");
        return TensorScope.within(scope -> {
            Batch all = Batches.of(model, x, y, settings.sampleWeight);
            Targets.check(model, all);
            ordered = true;
            return run(training(Inputs.rows(all.x(), all.y(), all.sampleWeights())));
        });
    }

    private Dataset training(TensorRows rows) {
        TensorRows train = rows;
        if (settings.validationData == null && settings.validationSplit > 0) {
            TensorRows.Split split = rows.validationSplit(settings.validationSplit);
            validation = split.validation().batch(validationBatchSize());
            train = split.train();
        }
        if (settings.shuffle) {
            train = train.shuffle(settings.shuffleSeed != null ? settings.shuffleSeed : GlobalSeed.next());
        }
        return train.batch(settings.batchSizeOrDefault());
    }

    History fit(Iterable<?> batches) {
        model.requireCompiledFor("fit");
        if (settings.batchSize != null || settings.validationSplit > 0 || settings.sampleWeight != null) {
            throw new IllegalArgumentException("fit: batchSize, validationSplit and sampleWeight are required to be left out"
                    + " for data that comes in batches. Received: one of them. Prepare the batches accordingly.");
        }
        return TensorScope.within(scope -> run(Inputs.batches(batches).prefetch(PREFETCHED)));
    }

    private History run(Dataset batches) {
        prepareValidation();
        long steps = settings.stepsPerEpoch != null ? settings.stepsPerEpoch : batches.cardinality();
        if (model.isBuilt()) {
            model.trainedVariables();
        }
        settings.callbacks.add(history);
        CallbackGroup callbacks = Progress.of(model, settings, settings.epochs, steps, "fit");
        model.clearStopRequest();
        model.startFromEpoch(settings.initialEpoch);
        callbacks.tell(callback -> callback.onTrainBegin());
        for (int epoch = 0; ordered && epoch < model.firstEpoch(); epoch++) {
            batches.iterator().close();
        }
        Map<String, Double> logs = Map.of();
        BatchIterator endless = settings.stepsPerEpoch == null ? null : batches.repeat().iterator();
        try {
            for (int epoch = model.firstEpoch(); epoch < settings.epochs && !model.isStopRequested(); epoch++) {
                logs = epoch(epoch, endless != null ? endless : batches.iterator(), callbacks);
            }
        } finally {
            if (endless != null) {
                endless.close();
            }
        }
        model.optimizer().finalizeVariableValues(model.trainedVariables());
        Map<String, Double> last = logs;
        callbacks.tell(callback -> callback.onTrainEnd(last));
        return history;
    }

    private Map<String, Double> epoch(int epoch, BatchIterator iterator, CallbackGroup callbacks) {
        model.resetMetrics();
        callbacks.tell(callback -> callback.onEpochBegin(epoch));
        Map<String, Double> logs = new LinkedHashMap<>();
        int step = 0;
        try {
            while ((settings.stepsPerEpoch == null || step < settings.stepsPerEpoch) && !model.isStopRequested()
                    && iterator.hasNext()) {
                requireNotInterrupted(epoch, step);
                int index = step++;
                callbacks.tell(callback -> callback.onTrainBatchBegin(index));
                logs = train(iterator);
                Map<String, Double> current = logs;
                callbacks.tell(callback -> callback.onTrainBatchEnd(index, current));
            }
        } finally {
            if (settings.stepsPerEpoch == null) {
                iterator.close();
            }
        }
        if (step == 0) {
            throw new IllegalArgumentException(model.who() + ", fit: at least one batch per epoch is required. Received: none in"
                    + " epoch " + epoch + ". An Iterable must give its batches anew each time it is gone through.");
        }
        Map<String, Double> all = new LinkedHashMap<>(logs);
        validate(epoch, callbacks).forEach((name, value) -> all.put("val_" + name, value));
        callbacks.tell(callback -> callback.onEpochEnd(epoch, all));
        return all;
    }

    private Map<String, Double> train(BatchIterator iterator) {
        return TensorScope.within(scope -> {
            try (Batch batch = iterator.next()) {
                return model.trainOnBatch(Batches.weighted(batch, settings.classWeight));
            }
        });
    }

    private Map<String, Double> validate(int epoch, CallbackGroup callbacks) {
        Dataset data = validation;
        if (data == null || (epoch + 1) % settings.validationFreq != 0) {
            return Map.of();
        }
        return new Evaluation(model, settings).run(data, callbacks, settings.validationSteps);
    }

    private void prepareValidation() {
        Object[] given = settings.validationData;
        if (given == null) {
            return;
        }
        if (given.length == 1) {
            validation = Inputs.batches((Iterable<?>) given[0]);
            return;
        }
        Batch all = Batches.of(model, given[0], given[1], given[2]);
        Targets.check(model, all);
        validation = Inputs.rows(all.x(), all.y(), all.sampleWeights()).batch(validationBatchSize());
    }

    private int validationBatchSize() {
        return settings.validationBatchSize != null ? settings.validationBatchSize : settings.batchSizeOrDefault();
    }

    private void requireNotInterrupted(int epoch, int step) {
        if (Thread.interrupted()) {
            throw new CancellationException(model.who() + ", fit: interrupted in epoch " + (epoch + 1) + " after " + step
                    + " steps. The weights are those of the last step; fit again with initialEpoch to go on.");
        }
    }
}
