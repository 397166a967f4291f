package dev.keratin;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ops being written into a program instead of being run. From {@link #begin} to {@link #close} every op that this thread
 * applies is added; tensors from outside become further parameters ("captures"). Traces nest: the bodies of control flow
 * are traces of their own.
 */
public final class Trace implements AutoCloseable {
    private final ProgramBuilder builder = new ProgramBuilder();
    private final Map<Tensor, Value> captured = new IdentityHashMap<>();
    private final List<Tensor> captures = new ArrayList<>();
    private final Map<Variable, VariableState> variables = new LinkedHashMap<>();
    private final @Nullable TensorScope scope = TensorScope.innermost();

    /** What a variable is at this point of the trace. */
    private static final class VariableState {
        private final Value parameter;
        private Tensor current;
        private boolean assigned;

        VariableState(Value parameter, Tensor current) {
            this.parameter = parameter;
            this.current = current;
        }
    }

    private Trace() {}

    /** Begins to trace on this thread. */
    public static Trace begin() {
        Trace trace = new Trace();
        Frame.push(trace);
        return trace;
    }

    /** Whether this thread is tracing. */
    public static boolean isActive() {
        return Frame.current().trace() != null;
    }

    /** Puts the ops of this thread under a name until the result is closed, for profiles: {@code outer/inner}. */
    public static Scope scope(String name) {
        String outer = path();
        return under(outer.isEmpty() ? name : outer + "/" + name);
    }

    /** Puts the ops of this thread under a path that {@link #path} gave, whatever it is now, until the result is closed. */
    public static Scope under(String path) {
        Frame frame = Frame.current();
        String outer = frame.scope();
        frame.scope(path);
        return () -> frame.scope(outer);
    }

    /** The names that the ops of this thread are put under, such as {@code "sequential/dense_1"}; empty for none. */
    public static String path() {
        return Frame.current().scope();
    }

    /** A name that lasts until it is closed. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** A further parameter of the program. */
    public Tensor parameter(TensorType type) {
        return new TracedTensor(this, builder.parameter(type));
    }

    /** The tensors from outside that the program uses, in the order of their parameters, which follow all others. */
    public List<Tensor> captures() {
        return List.copyOf(captures);
    }

    /** The variables that the program uses, in the order of their first use. */
    public List<Variable> variables() {
        return List.copyOf(variables.keySet());
    }

    /**
     * The program with the given results. Its parameters, in order: those asked for, captures and variables in order of
     * first use; see {@link TracedProgram}.
     */
    public TracedProgram finish(List<Tensor> results) {
        List<Value> values = results.stream().map(this::valueOf).toList();
        variables.values().stream().filter(state -> state.assigned)
                .forEach(state -> builder.update(state.parameter, valueOf(state.current)));
        Program program = builder.build(values);
        Map<Value, Integer> indices = indices(program.parameters());
        Map<Integer, Variable> byParameter = new LinkedHashMap<>();
        variables.forEach((variable, state) -> byParameter.put(indices.get(state.parameter), variable));
        Map<Integer, Tensor> captureByParameter = new LinkedHashMap<>();
        captures.forEach(tensor -> captureByParameter.put(indices.get(captured.get(tensor)), tensor));
        return new TracedProgram(program, captureByParameter, byParameter);
    }

    private static Map<Value, Integer> indices(List<Value> parameters) {
        Map<Value, Integer> indices = new IdentityHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            indices.put(parameters.get(i), i);
        }
        return indices;
    }

    /** Ends tracing. */
    @Override
    public void close() {
        Frame.pop(this);
    }

    List<Tensor> add(Op op, List<Tensor> inputs) {
        List<Value> values = new ArrayList<>(inputs.size());
        for (Tensor input : inputs) {
            values.add(valueOf(input));
        }
        List<Tensor> outputs = new ArrayList<>();
        builder.scope(path());
        for (Value value : builder.add(op, values)) {
            outputs.add(new TracedTensor(this, value));
        }
        return List.copyOf(outputs);
    }

    Tensor read(Variable variable) {
        return state(variable).current;
    }

    void assign(Variable variable, Tensor value) {
        VariableState state = state(variable);
        state.current = value instanceof TracedTensor && ((TracedTensor) value).trace() == this
                ? value : new TracedTensor(this, valueOf(value));
        state.assigned = true;
    }

    private VariableState state(Variable variable) {
        return variables.computeIfAbsent(variable, key -> {
            Value parameter = builder.parameter(key.type());
            return new VariableState(parameter, new TracedTensor(this, parameter));
        });
    }

    private Value valueOf(Tensor tensor) {
        if (tensor instanceof TracedTensor && ((TracedTensor) tensor).trace() == this) {
            return ((TracedTensor) tensor).value();
        }
        return captured.computeIfAbsent(tensor, outer -> {
            requireReachable(outer);
            captures.add(outer);
            return builder.parameter(outer.type());
        });
    }

    private void requireReachable(Tensor outer) {
        if (outer.isConcrete()) {
            outer.requireConcrete("trace").bufferOn(Backends.current());
            TensorScope.keepBeyond(scope, outer);
            return;
        }
        for (Frame frame = Frame.current(); frame != null; frame = frame.parent()) {
            if (outer instanceof TracedTensor && ((TracedTensor) outer).trace() == frame.trace()) {
                return;
            }
        }
        throw new IllegalStateException("trace: a tensor of this step is required. Received: " + outer
                + " of a step that has ended. Don't keep tensors of a compiled step in fields: return them as results.");
    }
}
