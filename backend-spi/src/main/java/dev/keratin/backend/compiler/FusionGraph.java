package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A program's nodes by number, with who computes and who reads each value. */
final class FusionGraph {
    private final Program program;
    private final List<Node> nodes;
    private final int[] producers;
    private final List<List<Integer>> consumers;
    private final Set<Value> escaping;
    private final Set<Value> updates = new HashSet<>();
    private final boolean[] needed;

    FusionGraph(Program program) {
        this.program = program;
        this.nodes = program.nodes();
        this.producers = new int[program.ids()];
        this.consumers = new ArrayList<>(Collections.nCopies(program.ids(), List.of()));
        this.escaping = program.escaping();
        program.updates().forEach(update -> updates.add(update.value()));
        Arrays.fill(producers, -1);
        for (int i = 0; i < nodes.size(); i++) {
            for (Value output : nodes.get(i).outputs()) {
                producers[output.id()] = i;
            }
            for (Value input : nodes.get(i).inputs()) {
                noteConsumer(input, i);
            }
        }
        this.needed = neededByFailures();
    }

    private void noteConsumer(Value value, int node) {
        List<Integer> readers = consumers.get(value.id());
        if (readers.isEmpty()) {
            consumers.set(value.id(), new ArrayList<>(List.of(node)));
        } else if (readers.get(readers.size() - 1) != node) {
            readers.add(node);
        }
    }

    /** The nodes that can fail and all that they need: these run before anything that only updates need. */
    private boolean[] neededByFailures() {
        Failures failures = new Failures(program);
        boolean[] result = new boolean[nodes.size()];
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (result[i] || failures.canFail(nodes.get(i))) {
                result[i] = true;
                nodes.get(i).inputs().stream().mapToInt(this::producer).filter(producer -> producer >= 0)
                        .forEach(producer -> result[producer] = true);
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
        return producers[value.id()];
    }

    /** The numbers of the nodes that read a value, ascending. */
    List<Integer> consumers(Value value) {
        return consumers.get(value.id());
    }

    /** Whether a value is a result or an update. */
    boolean escapes(Value value) {
        return escaping.contains(value);
    }

    /** Whether a node computes what a parameter is updated to. */
    boolean isUpdate(int index) {
        for (Value output : nodes.get(index).outputs()) {
            if (updates.contains(output)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a parameter is updated to a value that nothing else needs. */
    boolean isLast(Value value) {
        return updates.contains(value) && consumers(value).isEmpty();
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
