package dev.keratin;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Finds output types for inputs with unknown lengths by tracing twice with two lengths that have many divisors: an axis
 * of the output whose length differs is unknown.
 */
public final class ShapeInference {
    private static final long FIRST = 240;
    private static final long SECOND = 480;

    private ShapeInference() {}

    /** The types that a function gives for tensors of the given types. Nothing is computed; no variable changes. */
    public static List<TensorType> outputTypes(List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> function) {
        List<TensorType> first = trace(inputs, FIRST, function);
        boolean known = inputs.stream().allMatch(input -> input.shape().isStatic());
        return known ? first : merge(first, trace(inputs, SECOND, function));
    }

    private static List<TensorType> trace(
            List<Tensor> inputs, long unknown, Function<List<Tensor>, List<Tensor>> function) {
        try (Trace trace = Trace.begin()) {
            List<Tensor> arguments = new ArrayList<>();
            for (Tensor input : inputs) {
                arguments.add(input.isSymbolic() ? trace.parameter(assume(input.type(), unknown)) : input);
            }
            return function.apply(arguments).stream().map(Tensor::type).toList();
        }
    }

    private static TensorType assume(TensorType type, long unknown) {
        long[] dims = Arrays.stream(type.shape().dims()).map(dim -> dim == Shape.UNKNOWN ? unknown : dim).toArray();
        return type.withShape(Shape.of(dims));
    }

    private static List<TensorType> merge(List<TensorType> first, List<TensorType> second) {
        List<TensorType> merged = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            long[] dims = first.get(i).shape().dims();
            for (int axis = 0; axis < dims.length; axis++) {
                dims[axis] = dims[axis] == second.get(i).shape().dim(axis) ? dims[axis] : Shape.UNKNOWN;
            }
            merged.add(first.get(i).withShape(Shape.of(dims)));
        }
        return List.copyOf(merged);
    }
}
