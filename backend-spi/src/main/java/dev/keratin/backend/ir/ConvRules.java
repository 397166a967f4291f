package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;
import java.util.stream.Stream;

/** Shape rules of convolution and pooling. */
final class ConvRules {
    private ConvRules() {}

    static Shape outputShape(Op op, ConvSpec spec, List<TensorType> inputAndKernel) {
        TensorType input = inputAndKernel.get(0);
        TensorType kernel = inputAndKernel.get(1);
        int spatial = spec.spatialRank();
        Rules.requireSameDType(op, inputAndKernel);
        Rules.requireDomain(op, input, Domain.FLOATING);
        Rules.require(op, validGeometry(spec), "strides and dilations of at least 1, padding of at least 0, a list entry"
                + " for each of 1 to 3 spatial axes", inputAndKernel, "");
        Rules.require(op, input.shape().rank() == spatial + 2 && kernel.shape().rank() == spatial + 2,
                "input and kernel of rank " + (spatial + 2), inputAndKernel, "");
        long channels = input.shape().dim(-1);
        long filters = kernel.shape().dim(-1);
        Rules.require(op, channels % spec.groups() == 0 && filters % spec.groups() == 0
                && kernel.shape().dim(-2) == channels / spec.groups(),
                "a kernel with channels / groups inputs and filters divisible by groups", inputAndKernel, "");
        Shape result = Shape.of(input.shape().dim(0));
        for (int axis = 0; axis < spatial; axis++) {
            long length = spec.outputLength(axis, input.shape().dim(axis + 1), kernel.shape().dim(axis));
            Rules.require(op, length >= 1, "an input at least as long as the kernel on spatial axis " + axis,
                    inputAndKernel, "Use padding \"same\", a smaller kernel or fewer layers that shrink.");
            result = result.concat(Shape.of(length));
        }
        return result.concat(Shape.of(filters));
    }

    static void requireOutput(Op op, ConvSpec spec, TensorType input, TensorType kernel, TensorType output) {
        List<TensorType> all = List.of(input, kernel, output);
        Rules.requireSameDType(op, all);
        Rules.require(op, outputShape(op, spec, all.subList(0, 2)).equals(output.shape()),
                "an output gradient of the shape that the convolution gives", all, "");
    }

    static Shape pooledShape(Op op, PoolSpec spec, TensorType x) {
        int spatial = spec.spatialRank();
        Rules.requireDomain(op, x, Domain.FLOATING);
        Rules.require(op, validGeometry(spec), "windows and strides of at least 1, padding below the window, a list entry"
                + " for each of 1 to 3 spatial axes", List.of(x), "");
        Rules.require(op, x.shape().rank() == spatial + 2, "rank " + (spatial + 2), List.of(x), "");
        Shape result = x.shape();
        for (int axis = 0; axis < spatial; axis++) {
            long length = spec.outputLength(axis, x.shape().dim(axis + 1));
            Rules.require(op, length >= 1, "an input at least as long as the window on spatial axis " + axis, List.of(x),
                    "Use padding \"same\", a smaller window or fewer layers that shrink.");
            result = result.with(axis + 1, length);
        }
        return result;
    }

    private static boolean validGeometry(ConvSpec spec) {
        int n = spec.spatialRank();
        return n >= 1 && n <= 3 && spec.groups() >= 1
                && Stream.of(spec.lows(), spec.highs(), spec.dilations()).allMatch(list -> list.size() == n)
                && Stream.of(spec.strides(), spec.dilations()).flatMap(List::stream).allMatch(v -> v >= 1)
                && Stream.of(spec.lows(), spec.highs()).flatMap(List::stream).allMatch(v -> v >= 0);
    }

    private static boolean validGeometry(PoolSpec spec) {
        int n = spec.spatialRank();
        if (n < 1 || n > 3 || spec.strides().size() != n || spec.lows().size() != n || spec.highs().size() != n) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            int window = spec.window().get(i);
            if (window < 1 || spec.strides().get(i) < 1 || spec.lows().get(i) < 0 || spec.lows().get(i) >= window
                    || spec.highs().get(i) < 0 || spec.highs().get(i) >= window) {
                return false;
            }
        }
        return true;
    }
}
