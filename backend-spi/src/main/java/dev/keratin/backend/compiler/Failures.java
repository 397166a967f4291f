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
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes of a program can fail when it runs: those that check indices, unless the indices are constants in range or
 * an earlier node has checked the same ones against the same lengths.
 */
final class Failures {
    /** Indices that have been compared with the lengths of the axes they point into. */
    private record Check(Value indices, List<Long> lengths) {}

    private final Map<Value, Value> sources = new HashMap<>();
    private final Map<Value, Literal> constants = new HashMap<>();
    private final Set<Check> done = new HashSet<>();
    private final Set<Node> failing = new HashSet<>();

    Failures(Program program) {
        for (Node node : program.nodes()) {
            note(node);
            if (checksIndices(node.op())) {
                Check check = checkOf(node);
                if (done.add(check) && !constantInRange(check)) {
                    failing.add(node);
                }
            } else if (node.op().bodies().stream().anyMatch(Failures::any)) {
                failing.add(node);
            }
        }
    }

    /** Whether a node can fail. */
    boolean canFail(Node node) {
        return failing.contains(node);
    }

    /** Whether any node of a program can fail. */
    static boolean any(Program program) {
        return !new Failures(program).failing.isEmpty();
    }

    /** Whether an op compares indices with lengths when it runs. */
    static boolean checksIndices(Op op) {
        return op instanceof Gather || op instanceof GatherNd || op instanceof GatherElements || op instanceof ScatterNd
                || op instanceof ScatterElements;
    }

    private void note(Node node) {
        boolean widened = node.op() instanceof Cast cast && cast.to() == DType.INT64
                && node.inputs().get(0).type().dtype() == DType.INT32;
        if (widened || Views.isView(node.op())) {
            sources.put(node.output(), source(node.inputs().get(0)));
        }
        if (node.op() instanceof Constant constant) {
            constants.put(node.output(), constant.value());
        }
    }

    private Value source(Value value) {
        return sources.getOrDefault(value, value);
    }

    private Check checkOf(Node node) {
        Shape x = node.inputs().get(0).type().shape();
        Value indices = node.inputs().get(1);
        return new Check(source(indices), lengths(node.op(), x, indices.type().shape()));
    }

    private static List<Long> lengths(Op op, Shape x, Shape indices) {
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
