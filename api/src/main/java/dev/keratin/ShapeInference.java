package dev.keratin;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds output types for inputs with unknown lengths by tracing twice: with a length that has many divisors, and with 1, or
 * with another such length where 1 is too short. An axis of the output whose length differs is unknown. Where unknown lengths
 * do not go with the known ones beside them, as of a batch that is added to a constant of five rows, they are taken to be
 * among the known ones.
 */
public final class ShapeInference {
    private static final long FIRST = 240;
    private static final long SHORT = 1;
    private static final long SECOND = 480;

    private ShapeInference() {}

    /** The types that a function gives for tensors of the given types. Nothing is computed; no variable changes. */
    public static List<TensorType> outputTypes(List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> function) {
        long[] unknown = new long[inputs.stream().mapToInt(input -> input.shape().rank()).max().orElse(0)];
        Arrays.fill(unknown, Shape.UNKNOWN);
        if (inputs.stream().allMatch(input -> input.shape().isStatic())) {
            return trace(inputs, unknown, FIRST, function);
        }
        List<TensorType> first;
        try {
            first = trace(inputs, unknown, FIRST, function);
        } catch (IllegalArgumentException e) {
            unknown = KnownLengths.of(inputs).stream()
                    .filter(fixed -> tried(inputs, fixed, FIRST, function).isPresent()).findFirst().orElseThrow(() -> e);
            first = trace(inputs, unknown, FIRST, function);
        }
        long[] fixed = unknown;
        List<TensorType> found = first;
        List<TensorType> second = tried(inputs, fixed, SHORT, function).filter(types -> sameRanks(types, found))
                .orElseGet(() -> trace(inputs, fixed, SECOND, function));
        return merge(first, second);
    }

    private static Optional<List<TensorType>> tried(
            List<Tensor> inputs, long[] fixed, long unknown, Function<List<Tensor>, List<Tensor>> function) {
        try {
            return Optional.of(trace(inputs, fixed, unknown, function));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** @param fixed for each axis, what its unknown lengths are taken to be; if unknown, the last argument */
    private static List<TensorType> trace(
            List<Tensor> inputs, long[] fixed, long unknown, Function<List<Tensor>, List<Tensor>> function) {
        try (Trace trace = Trace.begin()) {
            List<Tensor> arguments = new ArrayList<>();
            for (Tensor input : inputs) {
                arguments.add(input.isSymbolic() ? trace.parameter(assume(input.type(), fixed, unknown)) : input);
            }
            return function.apply(arguments).stream().map(Tensor::type).toList();
        }
    }

    private static TensorType assume(TensorType type, long[] fixed, long unknown) {
        long[] dims = type.shape().dims();
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] == Shape.UNKNOWN) {
                dims[axis] = fixed[axis] == Shape.UNKNOWN ? unknown : fixed[axis];
            }
        }
        return type.withShape(Shape.of(dims));
    }

    private static boolean sameRanks(List<TensorType> some, List<TensorType> others) {
        return some.stream().map(type -> type.shape().rank()).toList()
                .equals(others.stream().map(type -> type.shape().rank()).toList());
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
