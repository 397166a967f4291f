package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes the nodes that neither a result nor an update needs. A node whose value nobody needs is removed even if it
 * could fail when it runs.
 */
final class DeadCode {
    private DeadCode() {}

    static Program run(Program program) {
        Set<Node> live = liveNodes(program);
        if (live.size() == program.nodes().size()) {
            return program;
        }
        ProgramBuilder builder = new ProgramBuilder();
        Map<Value, Value> copies = new HashMap<>();
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        program.nodes().stream().filter(live::contains).forEach(node -> builder.copyNode(node, copies));
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return builder.build(program.results().stream().map(copies::get).toList());
    }

    private static Set<Node> liveNodes(Program program) {
        Set<Value> needed = new HashSet<>(program.escaping());
        Set<Node> live = new HashSet<>();
        List<Node> nodes = program.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                live.add(node);
                needed.addAll(node.inputs());
            }
        }
        return live;
    }
}
