package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The sum of neighbouring blocks that are each padded with zeros, as the gradient of a split, joins the blocks; a minus
 * zero among them stays one. Joints of joints are one.
 */
final class JoinRules implements Rewriter.Rule {
    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        if (op instanceof Concat concat) {
            return flatten(graph, concat, inputs);
        }
        if (!(op instanceof Binary binary) || binary.kind() != BinaryKind.ADD || !isZeroPad(graph, inputs.get(0))
                || !isZeroPad(graph, inputs.get(1)) || !inputs.get(0).type().equals(inputs.get(1).type())) {
            return null;
        }
        Value joined = join(graph, inputs.get(0), inputs.get(1));
        Value result = joined != null ? joined : join(graph, inputs.get(1), inputs.get(0));
        return result == null ? null : List.of(result);
    }

    private static @Nullable List<Value> flatten(Rewriter graph, Concat concat, List<Value> inputs) {
        List<Value> parts = new ArrayList<>();
        for (Value input : inputs) {
            Concat inner = graph.op(input, Concat.class);
            parts.addAll(inner != null && inner.axis() == concat.axis() ? graph.inputs(input) : List.of(input));
        }
        return parts.size() == inputs.size() ? null : graph.emit(concat, parts);
    }

    private static boolean isZeroPad(Rewriter graph, Value value) {
        Pad pad = graph.op(value, Pad.class);
        Literal around = pad == null ? null : graph.splat(graph.input(value, 1));
        return pad != null && around != null && around.doubleAt(0) == 0
                && pad.interiors().stream().allMatch(count -> count == 0);
    }

    /** Both blocks, if the second begins where the first ends and nothing is padded along other axes. */
    private static @Nullable Value join(Rewriter graph, Value first, Value second) {
        Pad a = graph.op(first, Pad.class);
        Pad b = graph.op(second, Pad.class);
        if (a == null || b == null) {
            return null;
        }
        Shape shape = first.type().shape();
        List<Integer> padded = IntStream.range(0, shape.rank()).boxed()
                .filter(axis -> isPadded(a, axis) || isPadded(b, axis)).toList();
        if (padded.size() != 1) {
            return null;
        }
        int axis = padded.get(0);
        if (shape.dim(axis) - a.highs().get(axis) != b.lows().get(axis)) {
            return null;
        }
        List<Long> highs = new ArrayList<>(a.highs());
        highs.set(axis, b.highs().get(axis));
        Value block = graph.emit(new Concat(axis), graph.input(first, 0), graph.input(second, 0));
        return graph.emit(new Pad(a.lows(), highs, a.interiors()), block, graph.input(first, 1));
    }

    private static boolean isPadded(Pad pad, int axis) {
        return pad.lows().get(axis) != 0 || pad.highs().get(axis) != 0;
    }
}
