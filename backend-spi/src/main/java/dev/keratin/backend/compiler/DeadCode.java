package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes the nodes that neither a result nor an update needs. A node whose value nobody needs is removed even if it
 * could fail when it runs.
 */
final class DeadCode {
    private DeadCode() {}

    static Program run(Program program) {
        BitSet live = liveNodes(program);
        List<Node> nodes = program.nodes();
        if (live.cardinality() == nodes.size()) {
            return program;
        }
        ProgramBuilder builder = new ProgramBuilder();
        Map<Value, Value> copies = new HashMap<>();
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        live.stream().forEach(index -> builder.copyNode(nodes.get(index), copies));
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return builder.build(program.results().stream().map(copies::get).toList());
    }

    private static BitSet liveNodes(Program program) {
        BitSet needed = new BitSet(program.ids());
        program.escaping().forEach(value -> needed.set(value.id()));
        BitSet live = new BitSet(program.nodes().size());
        for (int i = program.nodes().size() - 1; i >= 0; i--) {
            Node node = program.nodes().get(i);
            for (Value output : node.outputs()) {
                if (needed.get(output.id())) {
                    live.set(i);
                }
            }
            if (live.get(i)) {
                node.inputs().forEach(input -> needed.set(input.id()));
            }
        }
        return live;
    }
}
