package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Zeros put around the input of a convolution become part of its geometry, and so does what is cut off the gradient of
 * the input.
 */
final class ConvRules implements Rewriter.Rule {
    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        if (op instanceof Conv conv && isSpatialZeroPad(graph, inputs.get(0))) {
            return graph.emit(new Conv(padded(graph, conv.spec(), inputs.get(0))),
                    List.of(graph.input(inputs.get(0), 0), inputs.get(1)));
        }
        if (op instanceof ConvKernelGrad grad && isSpatialZeroPad(graph, inputs.get(0))) {
            return graph.emit(new ConvKernelGrad(padded(graph, grad.spec(), inputs.get(0)), grad.kernelShape()),
                    List.of(graph.input(inputs.get(0), 0), inputs.get(1)));
        }
        return op instanceof Slice slice ? cutGradient(graph, slice, inputs.get(0)) : null;
    }

    private static boolean isSpatialZeroPad(Rewriter graph, Value value) {
        Pad pad = graph.op(value, Pad.class);
        if (pad == null) {
            return false;
        }
        Literal around = graph.splat(graph.input(value, 1));
        int last = value.type().shape().rank() - 1;
        return around != null && around.doubleAt(0) == 0 && pad.interiors().stream().allMatch(count -> count == 0)
                && isNone(pad, 0) && isNone(pad, last);
    }

    private static boolean isNone(Pad pad, int axis) {
        return pad.lows().get(axis) == 0 && pad.highs().get(axis) == 0;
    }

    private static ConvSpec padded(Rewriter graph, ConvSpec spec, Value value) {
        Pad pad = graph.op(value, Pad.class);
        return pad == null ? spec : padded(spec, pad.lows(), pad.highs());
    }

    private static ConvSpec padded(ConvSpec spec, List<Long> lows, List<Long> highs) {
        return new ConvSpec(spec.strides(), sum(spec.lows(), lows), sum(spec.highs(), highs), spec.dilations(), spec.groups());
    }

    /** Adds the counts of the spatial axes, which begin at axis 1. */
    private static List<Integer> sum(List<Integer> spatial, List<Long> counts) {
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < spatial.size(); i++) {
            result.add(spatial.get(i) + Math.toIntExact(counts.get(i + 1)));
        }
        return result;
    }

    private static @Nullable List<Value> cutGradient(Rewriter graph, Slice slice, Value x) {
        ConvInputGrad grad = graph.op(x, ConvInputGrad.class);
        if (grad == null || slice.strides().stream().anyMatch(stride -> stride != 1)) {
            return null;
        }
        Shape full = grad.inputShape();
        Shape cut = slice.infer(List.of(x.type())).get(0).shape();
        if (cut.dim(0) != full.dim(0) || cut.dim(-1) != full.dim(-1) || cut.size() == 0) {
            return null;
        }
        List<Long> highs = new ArrayList<>();
        for (int axis = 0; axis < full.rank(); axis++) {
            highs.add(full.dim(axis) - slice.limits().get(axis));
        }
        return graph.emit(new ConvInputGrad(padded(grad.spec(), slice.starts(), highs), cut), graph.inputs(x));
    }
}
