package dev.keratin;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A function of {@link Ops} that is made of several ops, as one node of a functional model's graph. */
record FunctionOperation(String name, Function<List<Tensor>, List<Tensor>> function) implements Operation {
    @Override
    public List<Tensor> replay(List<Tensor> inputs, boolean training, Set<String> flags) {
        return function.apply(inputs);
    }
}
