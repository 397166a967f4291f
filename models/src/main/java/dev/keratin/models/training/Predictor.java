package dev.keratin.models.training;

import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Executable;
import dev.keratin.data.Batch;
import dev.keratin.data.BatchIterator;
import dev.keratin.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/** Predicts batch by batch with a compiled program. Safe for use by several threads. */
final class Predictor {
    private final Trainer model;
    private volatile CompiledFunction function;

    Predictor(Trainer model) {
        this.model = model;
        this.function = new CompiledFunction(model::predictStep);
    }

    List<Tensor> predict(Object x, FitSettings settings) {
        if (x instanceof Iterable && !(x instanceof java.util.Collection)) {
            return run(Inputs.batches((Iterable<?>) x), settings);
        }
        try (TensorScope scope = new TensorScope()) {
            List<Tensor> tensors = Inputs.tensors("x", x, model.inputNames());
            Dataset batches = Inputs.rows(tensors, List.of(), List.of()).batch(settings.batchSizeOrDefault());
            List<Tensor> outputs = run(batches, settings);
            outputs.forEach(scope::keep);
            return outputs;
        }
    }

    List<Tensor> predictOnBatch(List<Tensor> x) {
        build(x);
        return function.call(x);
    }

    /** The program that {@link #predictOnBatch} runs for such inputs. */
    Executable executable(List<Tensor> x) {
        build(x);
        return function.executable(x.stream().map(Tensor::type).toList());
    }

    private List<Tensor> run(Dataset batches, FitSettings settings) {
        CallbackGroup callbacks = Progress.of(model, settings, 0, batches.cardinality(), "predict");
        callbacks.tell(callback -> callback.onPredictBegin());
        try (TensorScope scope = new TensorScope(); BatchIterator iterator = batches.iterator()) {
            List<List<Tensor>> parts = new ArrayList<>();
            int step = 0;
            while ((settings.steps == null || step < settings.steps) && iterator.hasNext()) {
                int index = step++;
                callbacks.tell(callback -> callback.onPredictBatchBegin(index));
                try (Batch batch = iterator.next()) {
                    parts.add(predictOnBatch(batch.x()));
                }
                callbacks.tell(callback -> callback.onPredictBatchEnd(index));
            }
            callbacks.tell(callback -> callback.onPredictEnd());
            return joined(parts, scope);
        }
    }

    private static List<Tensor> joined(List<List<Tensor>> parts, TensorScope scope) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("predict: at least one batch is required. Received: none.");
        }
        List<Tensor> outputs = new ArrayList<>();
        for (int i = 0; i < parts.get(0).size(); i++) {
            int output = i;
            List<Tensor> pieces = parts.stream().map(part -> part.get(output)).toList();
            outputs.add(scope.keep(pieces.size() == 1 ? pieces.get(0) : Ops.concatenate(pieces, 0)));
        }
        return outputs;
    }

    private synchronized void build(List<Tensor> x) {
        if (!model.isBuilt()) {
            model.outputTypes(x.stream().map(Tensor::type).toList());
        }
        List<TensorType> types = x.stream().map(Tensor::type).toList();
        model.checkBatch(types);
    }

    /** Forgets what was compiled. */
    synchronized void close() {
        CompiledFunction old = function;
        function = new CompiledFunction(model::predictStep);
        old.close();
    }
}
