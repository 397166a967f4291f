package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Recorder;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Trace;
import dev.keratin.Variable;
import dev.keratin.backend.ir.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records what is computed from trainable variables and watched tensors, and differentiates it backwards.
 *
 * <p>Works alike on concrete tensors and inside a step that is being compiled. Gradients can be asked for any number of
 * times while the tape is open; tapes nest, an outer one differentiates what an inner one computed. Belongs to the thread
 * that made it.
 *
 * <p>Closing the tape closes every concrete tensor that was made on this thread while it was open and that another op has
 * used. What nothing has used (a loss, say) stays; {@link #keep} saves others.
 */
public final class GradientTape implements AutoCloseable {
    /** What the ops that differentiate are put under, behind the names of those they differentiate. */
    private static final String NAME = "gradient";

    /** What was computed: an op, or a function with a gradient of its own. */
    private record Entry(@Nullable Op op, List<Tensor> inputs, List<Tensor> outputs,
            @Nullable UnaryOperator<List<Tensor>> gradient, String path) {}

    private final TensorScope scope = new TensorScope();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Tensor> tracked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Tensor> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Variable, List<Tensor>> readings = new IdentityHashMap<>();
    private final Recorder recorder = new Recording();

    /** Starts recording on this thread. */
    public GradientTape() {
        Recorder.start(recorder);
    }

    private final class Recording implements Recorder {
        @Override
        public void record(Op op, List<Tensor> inputs, List<Tensor> outputs) {
            add(new Entry(op, inputs, outputs, null, Trace.path()));
        }

        @Override
        public void record(List<Tensor> inputs, List<Tensor> outputs, UnaryOperator<List<Tensor>> gradient) {
            add(new Entry(null, inputs, outputs, gradient, Trace.path()));
        }

        private void add(Entry entry) {
            used.addAll(entry.inputs);
            if (entry.inputs.stream().anyMatch(tracked::contains)) {
                entries.add(entry);
                entry.outputs.stream().filter(output -> output.dtype().isFloating()).forEach(tracked::add);
            }
        }

        @Override
        public void use(Tensor tensor) {
            used.add(tensor);
        }

        @Override
        public void read(Variable variable, Tensor value) {
            if (variable.isTrainable() && variable.dtype().isFloating() && tracked.add(value)) {
                readings.computeIfAbsent(variable, key -> new ArrayList<>()).add(value);
            }
        }
    }

    /** Differentiates with respect to a tensor, too, from here on. */
    public void watch(Tensor tensor) {
        tracked.add(tensor);
    }

    /** Saves a tensor from being closed with the tape. */
    public <T extends Tensor> T keep(T tensor) {
        return scope.keep(tensor);
    }

    /**
     * The gradients of the sum of a tensor's elements with respect to variables.
     *
     * @return one entry for each variable, of its type; null where the target does not depend on it
     */
    public List<@Nullable Tensor> gradient(Tensor target, List<Variable> variables) {
        return pullBack(List.of(target), Collections.singletonList(null), gradients -> {
            List<@Nullable Tensor> results = new ArrayList<>();
            for (Variable variable : variables) {
                @Nullable Tensor sum = null;
                for (Tensor reading : readings.getOrDefault(variable, List.of())) {
                    sum = gradients.plus(sum, gradients.of(reading));
                }
                results.add(sum);
            }
            return results;
        });
    }

    /** The gradient of the sum of a tensor's elements with respect to a watched tensor; null if it doesn't depend on it. */
    public @Nullable Tensor gradient(Tensor target, Tensor source) {
        return gradient(List.of(target), Arrays.asList(source), Collections.singletonList(null)).get(0);
    }

    /**
     * Vector-Jacobian products.
     *
     * @param targets what is differentiated
     * @param sources watched tensors
     * @param cotangents for each target what its gradient starts with, of its type; null stands for ones
     * @return one entry for each source; null where no target depends on it
     */
    public List<@Nullable Tensor> gradient(
            List<Tensor> targets, List<Tensor> sources, List<? extends @Nullable Tensor> cotangents) {
        return pullBack(targets, cotangents, gradients -> {
            List<@Nullable Tensor> results = new ArrayList<>();
            sources.forEach(source -> results.add(gradients.of(source)));
            return results;
        });
    }

    /** Stops recording and closes what was only needed for it; a tape around this one takes all over. */
    @Override
    public void close() {
        Recorder.stop(recorder);
        boolean outermost = !Recorder.isAnyActive();
        scope.close(tensor -> outermost && used.contains(tensor));
        entries.clear();
    }

    /** Goes backwards without being told of it; closes what was made on the way unless a tape around this one needs it. */
    private List<@Nullable Tensor> pullBack(List<Tensor> targets, List<? extends @Nullable Tensor> cotangents,
            Function<Gradients, List<@Nullable Tensor>> wanted) {
        Recorder.stop(recorder);
        TensorScope made = new TensorScope();
        Trace.Scope name = Trace.scope(NAME);
        try {
            List<@Nullable Tensor> results = wanted.apply(backward(targets, cotangents));
            results.stream().filter(Objects::nonNull).forEach(made::keep);
            return results;
        } finally {
            boolean outermost = !Recorder.isAnyActive();
            made.close(tensor -> outermost);
            name.close();
            Recorder.start(recorder);
        }
    }

    private Gradients backward(List<Tensor> targets, List<? extends @Nullable Tensor> cotangents) {
        Gradients gradients = new Gradients();
        for (int i = 0; i < targets.size(); i++) {
            Tensor target = targets.get(i);
            Tensor seed = cotangents.get(i);
            gradients.add(target, seed != null ? seed : Ops.full(target.shape(), 1, target.dtype()));
        }
        for (int i = entries.size() - 1; i >= 0; i--) {
            propagate(entries.get(i), gradients);
        }
        return gradients;
    }

    private void propagate(Entry entry, Gradients gradients) {
        Trace.Scope layer = Trace.under(entry.path);
        Trace.Scope gradient = Trace.scope(NAME);
        try {
            if (entry.op != null) {
                gradients.propagate(new Application(entry.op, entry.inputs, entry.outputs, gradients, tracked));
            } else if (entry.gradient != null) {
                gradients.propagate(entry.inputs, entry.outputs, entry.gradient, tracked);
            }
        } finally {
            gradient.close();
            layer.close();
        }
    }
}
