package dev.keratin.models.training;

import dev.keratin.TensorScope;
import dev.keratin.data.Batch;
import dev.keratin.data.BatchIterator;
import dev.keratin.data.Dataset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of {@code evaluate}, or the validation of one epoch. */
final class Evaluation {
    private final Trainer model;
    private final FitSettings settings;

    Evaluation(Trainer model, FitSettings settings) {
        this.model = model;
        this.settings = settings;
    }

    Map<String, Double> evaluate(Object x, Object y) {
        model.requireCompiledFor("evaluate");
        return TensorScope.within(scope -> {
            Batch all = Batches.of(model, x, y, settings.sampleWeight);
            Targets.check(model, all);
            return evaluate(Inputs.rows(all.x(), all.y(), all.sampleWeights()).batch(settings.batchSizeOrDefault()));
        });
    }

    Map<String, Double> evaluate(Dataset batches) {
        model.requireCompiledFor("evaluate");
        return run(batches, Progress.of(model, settings, 0, batches.cardinality(), "evaluate"), settings.steps);
    }

    /** Goes over the batches once. */
    Map<String, Double> run(Dataset batches, CallbackGroup callbacks, @Nullable Integer steps) {
        model.resetMetrics();
        callbacks.tell(callback -> callback.onTestBegin());
        Map<String, Double> logs = new LinkedHashMap<>();
        int step = 0;
        try (BatchIterator iterator = batches.iterator()) {
            while ((steps == null || step < steps) && iterator.hasNext()) {
                int index = step++;
                callbacks.tell(callback -> callback.onTestBatchBegin(index));
                try (Batch batch = iterator.next()) {
                    logs = model.testOnBatch(batch);
                }
                Map<String, Double> current = logs;
                callbacks.tell(callback -> callback.onTestBatchEnd(index, current));
            }
        }
        if (step == 0) {
            throw new IllegalArgumentException(model.who() + ", evaluate: at least one batch is required. Received: none.");
        }
        Map<String, Double> last = logs;
        callbacks.tell(callback -> callback.onTestEnd(last));
        return logs;
    }
}
