package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When the bytes of each value come to be and are last read; views count as their root. Positions count nodes. */
final class Lifetimes {
    private final Views views;
    private final Map<Value, Integer> definitions = new HashMap<>();
    private final Map<Value, Integer> lastReads = new HashMap<>();
    private final Set<Value> readAtEnd = new HashSet<>();
    private final Set<Value> constants = new HashSet<>();

    Lifetimes(Program program, Views views) {
        this.views = views;
        List<Node> nodes = program.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (!Views.isView(nodes.get(i).op())) {
                note(nodes.get(i), i);
            }
        }
        program.escaping().forEach(value -> readAtEnd.add(views.rootOf(value)));
    }

    private void note(Node node, int position) {
        node.inputs().forEach(input -> lastReads.put(views.rootOf(input), position));
        node.outputs().forEach(output -> definitions.put(output, position));
        if (node.op() instanceof Constant) {
            constants.add(node.output());
        }
    }

    /** Whether a root is computed by a node that is no constant. */
    boolean isComputed(Value root) {
        return definitions.containsKey(root) && !constants.contains(root);
    }

    /** The position of the node that computes a root. */
    int definition(Value root) {
        return definitions.get(root);
    }

    /** The last position at which a root is read, -1 if no node reads it. */
    int lastRead(Value root) {
        return lastReads.getOrDefault(root, -1);
    }

    /** Whether a root is still read when all nodes have run. */
    boolean isReadAtEnd(Value root) {
        return readAtEnd.contains(root);
    }

    /** The roots that nodes compute, constants left out. */
    List<Value> computed(Program program) {
        return program.nodes().stream().filter(node -> !Views.isView(node.op()) && !(node.op() instanceof Constant))
                .flatMap(node -> node.outputs().stream()).toList();
    }
}
