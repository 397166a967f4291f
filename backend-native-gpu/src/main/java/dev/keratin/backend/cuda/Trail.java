package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Value;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes from values back to those they are computed from, and remembers the nodes on the way. Where the way is not as expected
 * an answer is null, and so are all further ones.
 */
final class Trail {
    private final Uses uses;
    private final Set<Node> nodes = new LinkedHashSet<>();

    Trail(Uses uses) {
        this.uses = uses;
    }

    /** The nodes that were passed. */
    Set<Node> nodes() {
        return nodes;
    }

    /** The node of a value, if it has this op. */
    @Nullable Node node(@Nullable Value value, Op op) {
        Node node = value == null ? null : uses.producer(value);
        if (node == null || !node.op().equals(op)) {
            return null;
        }
        nodes.add(node);
        return node;
    }

    /** The operand of an op that has one. */
    @Nullable Value operand(@Nullable Value value, Op op) {
        Node node = node(value, op);
        return node == null ? null : node.inputs().get(0);
    }

    /** The other operand of a function of two that has a known one as its first (SUB and DIV: second) or, if it commutes, any. */
    @Nullable Value other(@Nullable Value value, BinaryKind kind, Value known) {
        Node node = node(value, new Binary(kind));
        if (node == null) {
            return null;
        }
        if (node.inputs().get(1) == known) {
            return node.inputs().get(0);
        }
        boolean commutes = kind == BinaryKind.ADD || kind == BinaryKind.MUL;
        return commutes && node.inputs().get(0) == known ? node.inputs().get(1) : null;
    }

    /** What was converted to a value from a type, or the value itself if it has that type. */
    @Nullable Value converted(@Nullable Value value, DType from) {
        if (value == null || value.type().dtype() == from) {
            return value;
        }
        Value source = operand(value, new Cast(value.type().dtype()));
        return source != null && source.type().dtype() == from ? source : null;
    }

    /** Whether nothing but these nodes reads what they compute, beside some values. */
    boolean isClosed(Collection<Value> results) {
        return nodes.stream().flatMap(node -> node.outputs().stream()).filter(value -> !results.contains(value))
                .allMatch(value -> !uses.escapes(value) && nodes.containsAll(uses.readers(value)));
    }
}
