package dev.keratin.backend.compiler;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which indices are known to be in range after the nodes seen so far: constants in range, and those that a node has
 * compared with the same lengths. Views and wider types of indices count as the same.
 */
public final class IndexChecks {
    /** Indices and the lengths of the axes they point into. */
    private record Check(Value indices, List<Long> lengths) {}

    private final Map<Value, Value> sources = new HashMap<>();
    private final Map<Value, Literal> constants = new HashMap<>();
    private final Set<Check> done = new HashSet<>();

    /** Before the first node of a program. */
    public IndexChecks() {}

    /** Whether an op compares indices with lengths when it runs. */
    public static boolean isMadeBy(Op op) {
        return op instanceof Gather || op instanceof GatherNd || op instanceof GatherElements || op instanceof ScatterNd
                || op instanceof ScatterElements;
    }

    /** Whether a node that checks indices can't fail after the nodes seen so far. */
    public boolean isSure(Op op, List<Value> inputs) {
        Check check = check(op, inputs);
        return done.contains(check) || constantInRange(check);
    }

    /** Takes note of a node that runs next. */
    public void add(Node node) {
        if (isMadeBy(node.op())) {
            done.add(check(node.op(), node.inputs()));
        } else if (node.op() instanceof Constant constant) {
            constants.put(node.output(), constant.value());
        } else if (Views.isView(node.op()) || isWidened(node)) {
            sources.put(node.output(), source(node.inputs().get(0)));
        }
    }

    private static boolean isWidened(Node node) {
        return node.op() instanceof Cast cast && cast.to() == DType.INT64
                && node.inputs().get(0).type().dtype() == DType.INT32;
    }

    private Value source(Value value) {
        return sources.getOrDefault(value, value);
    }

    private Check check(Op op, List<Value> inputs) {
        Value indices = inputs.get(1);
        return new Check(source(indices), lengths(op, inputs.get(0).type().shape(), indices.type().shape()));
    }

    /**
     * The lengths that indices have to stay below, in turns: one, or one for each index of a tuple.
     *
     * @param op one that {@link #isMadeBy makes checks}
     * @param x the shape of its first operand
     * @param indices the shape of its second operand
     */
    public static List<Long> lengths(Op op, Shape x, Shape indices) {
        if (op instanceof Gather gather) {
            return List.of(x.dim(gather.axis()));
        }
        if (op instanceof GatherElements gather) {
            return List.of(x.dim(gather.axis()));
        }
        if (op instanceof ScatterElements scatter) {
            return List.of(x.dim(scatter.axis()));
        }
        return x.toList().subList(0, (int) indices.dim(-1));
    }

    private boolean constantInRange(Check check) {
        Literal literal = constants.get(check.indices());
        if (literal == null || check.lengths().isEmpty()) {
            return literal != null;
        }
        long count = literal.isSplat() ? check.lengths().size() : literal.type().shape().size();
        for (long i = 0; i < count; i++) {
            long index = literal.longAt(literal.isSplat() ? 0 : i);
            if (index < 0 || index >= check.lengths().get((int) (i % check.lengths().size()))) {
                return false;
            }
        }
        return true;
    }
}
