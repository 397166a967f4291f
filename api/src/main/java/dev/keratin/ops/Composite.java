package dev.keratin.ops;

import dev.keratin.GraphNode;
import dev.keratin.OpTable;
import dev.keratin.Operation;
import dev.keratin.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function made of several ops, which on placeholders of a functional model becomes one node of the graph. */
record Composite(String name, Function<List<Tensor>, List<Tensor>> function) implements Operation {
    static Tensor call(String name, Tensor x, UnaryOperator<Tensor> body) {
        return call(name, List.of(x), in -> body.apply(in.get(0)));
    }

    static Tensor call(String name, List<Tensor> inputs, Function<List<Tensor>, Tensor> body) {
        return inputs.stream().anyMatch(Tensor::isSymbolic)
                ? GraphNode.call(new Composite(name, in -> List.of(body.apply(in))), inputs).get(0) : body.apply(inputs);
    }

    static List<Tensor> all(String name, List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> body) {
        return inputs.stream().anyMatch(Tensor::isSymbolic)
                ? List.copyOf(GraphNode.call(new Composite(name, body), inputs)) : body.apply(inputs);
    }

    /** A call of a function that files can describe, as {@link OpTable#call}. */
    static Tensor node(String op, @Nullable Object... arguments) {
        return OpTable.call(op, arguments).get(0);
    }

    /** Whether a tensor is a placeholder of a functional model. */
    static boolean symbolic(Tensor... tensors) {
        return Arrays.stream(tensors).anyMatch(Tensor::isSymbolic);
    }

    @Override
    public List<Tensor> replay(List<Tensor> inputs, boolean training, Set<String> flags) {
        return function.apply(inputs);
    }
}
