package dev.keratin.models.training;

import dev.keratin.CompiledFunction;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.spi.Executable;
import dev.keratin.data.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What is done with a batch, as one compiled program for each signature of batches, or op by op. Its results are named
 * numbers.
 */
final class StepFunction implements AutoCloseable {
    private final Function<Batch, Map<String, Tensor>> step;
    private final boolean eager;
    private final Map<Arity, Compiled> compiled = new HashMap<>();

    private record Arity(int x, int y, int weights) {
        static Arity of(Batch batch) {
            return new Arity(batch.x().size(), batch.y().size(), batch.sampleWeights().size());
        }

        Batch batch(List<Tensor> tensors) {
            return new Batch(tensors.subList(0, x), tensors.subList(x, x + y), tensors.subList(x + y, tensors.size()));
        }
    }

    /** The program for batches of one arity; the names of its results are known once it has been traced. */
    private final class Compiled {
        private final List<String> names = new ArrayList<>();
        private final CompiledFunction function;

        Compiled(Arity arity) {
            function = new CompiledFunction(tensors -> {
                Map<String, Tensor> logs = new TreeMap<>(step.apply(arity.batch(tensors)));
                names.clear();
                names.addAll(logs.keySet());
                return List.copyOf(logs.values());
            });
        }
    }

    StepFunction(Function<Batch, Map<String, Tensor>> step, boolean eager) {
        this.step = step;
        this.eager = eager;
    }

    /** Runs the step; the numbers by name, in alphabetical order. */
    Map<String, Double> run(Batch batch) {
        return TensorScope.within(scope -> eager ? runEagerly(batch) : runCompiled(batch));
    }

    private Map<String, Double> runEagerly(Batch batch) {
        Map<String, Double> logs = new LinkedHashMap<>();
        new TreeMap<>(step.apply(batch)).forEach((name, value) -> logs.put(name, value.item()));
        return logs;
    }

    private Map<String, Double> runCompiled(Batch batch) {
        Compiled target = compiled(batch);
        List<Tensor> results = target.function.call(batch.tensors());
        Map<String, Double> logs = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            logs.put(target.names.get(i), results.get(i).item());
        }
        return logs;
    }

    /** The program that {@link #run} runs for such a batch. */
    Executable executable(Batch batch) {
        List<TensorType> types = batch.tensors().stream().map(Tensor::type).toList();
        return compiled(batch).function.executable(types);
    }

    private Compiled compiled(Batch batch) {
        return compiled.computeIfAbsent(Arity.of(batch), Compiled::new);
    }

    @Override
    public void close() {
        compiled.values().forEach(each -> each.function.close());
        compiled.clear();
    }
}
