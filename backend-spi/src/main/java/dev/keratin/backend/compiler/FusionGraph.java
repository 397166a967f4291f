package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A program's nodes by number, with who computes and who reads each value. */
final class FusionGraph {
    private final Program program;
    private final List<Node> nodes;
    private final Map<Value, Integer> producers = new HashMap<>();
    private final Map<Value, List<Integer>> consumers = new HashMap<>();
    private final Set<Value> escaping;
    private final Set<Value> updates = new HashSet<>();
    private final boolean[] needed;

    FusionGraph(Program program) {
        this.program = program;
        this.nodes = program.nodes();
        this.escaping = program.escaping();
        program.updates().forEach(update -> updates.add(update.value()));
        for (int i = 0; i < nodes.size(); i++) {
            for (Value output : nodes.get(i).outputs()) {
                producers.put(output, i);
            }
            for (Value input : new HashSet<>(nodes.get(i).inputs())) {
                consumers.computeIfAbsent(input, value -> new ArrayList<>()).add(i);
            }
        }
        this.needed = neededByFailures();
    }

    /** The nodes that can fail and all that they need: these run before anything that only updates need. */
    private boolean[] neededByFailures() {
        Failures failures = new Failures(program);
        boolean[] result = new boolean[nodes.size()];
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (result[i] || failures.canFail(nodes.get(i))) {
                result[i] = true;
                nodes.get(i).inputs().stream().filter(producers::containsKey)
                        .forEach(input -> result[producers.get(input)] = true);
            }
        }
        return result;
    }

    Program program() {
        return program;
    }

    int size() {
        return nodes.size();
    }

    Node node(int index) {
        return nodes.get(index);
    }

    /** The number of the node that computes a value, -1 for a parameter. */
    int producer(Value value) {
        return producers.getOrDefault(value, -1);
    }

    /** The numbers of the nodes that read a value, ascending. */
    List<Integer> consumers(Value value) {
        return consumers.getOrDefault(value, List.of());
    }

    /** Whether a value is a result or an update. */
    boolean escapes(Value value) {
        return escaping.contains(value);
    }

    /** Whether a node computes what a parameter is updated to. */
    boolean isUpdate(int index) {
        return nodes.get(index).outputs().stream().anyMatch(updates::contains);
    }

    /** Whether a node that can fail is this one or depends on it. */
    boolean isNeededByFailures(int index) {
        return needed[index];
    }

    /** Whether a value is a splat constant: it is written into bodies instead of being an operand. */
    boolean isSplat(Value value) {
        int producer = producer(value);
        return producer >= 0 && nodes.get(producer).op() instanceof Constant constant && constant.value().isSplat();
    }
}
