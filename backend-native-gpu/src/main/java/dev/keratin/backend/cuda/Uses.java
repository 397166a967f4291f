package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the values of a program come from and go to. */
final class Uses {
    private final Map<Value, Node> producers;
    private final Map<Value, List<Node>> readers = new HashMap<>();
    private final Set<Value> escaping;

    Uses(Program program) {
        producers = program.producers();
        escaping = program.escaping();
        program.nodes().forEach(node -> node.inputs().stream().distinct()
                .forEach(value -> readers.computeIfAbsent(value, key -> new ArrayList<>()).add(node)));
    }

    /** The node that computes a value; null for a parameter. */
    @Nullable Node producer(Value value) {
        return producers.get(value);
    }

    /** The nodes that read a value, each once. */
    List<Node> readers(Value value) {
        return readers.getOrDefault(value, List.of());
    }

    /** Whether a value is a result or update. */
    boolean escapes(Value value) {
        return escaping.contains(value);
    }

    /** Whether all elements are known to be 0. */
    boolean isZero(Value value) {
        Node node = producer(value);
        return node != null && node.op() instanceof Constant constant && constant.value().isSplat() && constant.value().doubleAt(0) == 0;
    }
}
