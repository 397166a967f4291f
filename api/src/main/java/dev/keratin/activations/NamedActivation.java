package dev.keratin.activations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import java.util.function.UnaryOperator;

/** A function with a name and arguments. */
record NamedActivation(String className, ObjectNode arguments, UnaryOperator<Tensor> function) implements Activation {
    @Override
    public Tensor call(Tensor x) {
        return function.apply(x);
    }

    @Override
    public ObjectNode config() {
        return arguments.deepCopy();
    }

    @Override
    public String toString() {
        return className + (arguments.isEmpty() ? "" : arguments);
    }
}
