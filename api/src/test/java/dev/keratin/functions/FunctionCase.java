package dev.keratin.functions;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function.
 *
 * @param name the function's, then what tells the case from others of the same function
 * @param flat why no gradient flows; null if the function is differentiable
 * @param call from the inputs to all results
 * @param inputs float64; converted to ask whether the function takes another type
 */
public record FunctionCase(String name, @Nullable String flat, Function<List<Tensor>, List<Tensor>> call, List<Tensor> inputs) {
    static final String STEPS = "constant between jumps";
    static final String PLACES = "gives places";
    static final String TRUTH = "gives truth values";
    static final String WHOLE = "of whole numbers";
    static final String NEW = "makes new elements";

    /** A differentiable function of one tensor. */
    static FunctionCase of(String name, UnaryOperator<Tensor> function, Tensor x) {
        return all(name, in -> List.of(function.apply(in.get(0))), x);
    }

    /** A differentiable function of two tensors. */
    static FunctionCase of(String name, BinaryOperator<Tensor> function, Tensor a, Tensor b) {
        return all(name, in -> List.of(function.apply(in.get(0), in.get(1))), a, b);
    }

    /** A differentiable function of any tensors. */
    static FunctionCase all(String name, Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
        return new FunctionCase(name, null, function, List.of(inputs));
    }

    /** A function of one tensor that has no gradient. */
    static FunctionCase flat(String name, String why, UnaryOperator<Tensor> function, Tensor x) {
        return allFlat(name, why, in -> List.of(function.apply(in.get(0))), x);
    }

    /** A function of two tensors that has no gradient. */
    static FunctionCase flat(String name, String why, BinaryOperator<Tensor> function, Tensor a, Tensor b) {
        return allFlat(name, why, in -> List.of(function.apply(in.get(0), in.get(1))), a, b);
    }

    /** A function of any tensors that has no gradient. */
    static FunctionCase allFlat(String name, String why, Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
        return new FunctionCase(name, why, function, List.of(inputs));
    }

    /** A function that makes elements of a given type. */
    static FunctionCase made(String name, Function<DType, Tensor> function) {
        return flat(name, NEW, x -> {
            Tensor made = function.apply(x.dtype());
            if (made.dtype() != x.dtype()) {
                throw new IllegalArgumentException(name + " has no type to choose");
            }
            return made;
        }, Ops.full(dev.keratin.backend.Shape.of(), 1, DType.FLOAT64));
    }

    /** The function's name. */
    public String function() {
        return name.split(" ")[0];
    }

    /** The results for inputs of a type. */
    public List<Tensor> call(List<Tensor> arguments) {
        return call.apply(arguments);
    }

    @Override
    public String toString() {
        return name;
    }
}
