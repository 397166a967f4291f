package dev.keratin;

import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One call of an {@link Operation} on symbolic tensors: what a functional model's graph consists of. Immutable.
 */
public final class GraphNode {
    private final Operation operation;
    private final List<Tensor> inputs;
    private final Set<String> flags;
    private final List<SymbolicTensor> outputs;

    private GraphNode(Operation operation, List<Tensor> inputs, Set<String> flags, List<TensorType> outputTypes) {
        this.operation = operation;
        this.flags = Set.copyOf(flags);
        this.inputs = List.copyOf(inputs);
        List<SymbolicTensor> made = new ArrayList<>();
        for (TensorType type : outputTypes) {
            made.add(new SymbolicTensor(type, this, made.size()));
        }
        this.outputs = List.copyOf(made);
    }

    /** A node without inputs that stands for what a model is given. */
    public static SymbolicTensor input(Operation operation, TensorType type) {
        return new GraphNode(operation, List.of(), Set.of(), List.of(type)).outputs.get(0);
    }

    /**
     * A call of an operation, its output types found by tracing it twice with different lengths for unknown axes: what
     * differs is unknown.
     *
     * @param inputs at least one symbolic; concrete ones are kept as constants
     */
    public static List<SymbolicTensor> call(Operation operation, List<? extends Tensor> inputs) {
        return call(operation, inputs, Set.of());
    }

    /** {@link #call(Operation, List)} with keyword arguments that are true in this call. */
    public static List<SymbolicTensor> call(Operation operation, List<? extends Tensor> inputs, Set<String> flags) {
        List<Tensor> all = List.copyOf(inputs);
        List<TensorType> types = ShapeInference.outputTypes(all, arguments -> operation.replay(arguments, false, flags));
        return new GraphNode(operation, all, flags, types).outputs;
    }

    /** A call whose output types are known already. */
    public static List<SymbolicTensor> call(Operation operation, List<? extends Tensor> inputs, List<TensorType> outputTypes) {
        return new GraphNode(operation, List.copyOf(inputs), Set.of(), outputTypes).outputs;
    }

    /** What is called. */
    public Operation operation() {
        return operation;
    }

    /** What it is called on; none for a model's input. */
    public List<Tensor> inputs() {
        return inputs;
    }

    /** The keyword arguments that are true in this call. */
    public Set<String> flags() {
        return flags;
    }

    /** What the call results in. */
    public List<SymbolicTensor> outputs() {
        return outputs;
    }
}
