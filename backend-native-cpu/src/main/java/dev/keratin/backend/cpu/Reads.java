package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.Map;

/** At how many places of a program its values are read: by nodes, those within fusions counted one by one, or at the end. */
final class Reads {
    private final Map<Value, Integer> counts = new HashMap<>();

    Reads(Program program) {
        program.nodes().forEach(this::count);
        program.results().forEach(this::add);
        program.updates().forEach(update -> add(update.value()));
    }

    /** At how many places a value is read. */
    int count(Value value) {
        return counts.getOrDefault(value, 0);
    }

    private void count(Node node) {
        if (!(node.op() instanceof Fusion fusion)) {
            node.inputs().forEach(this::add);
            return;
        }
        Reads within = new Reads(fusion.body());
        for (int i = 0; i < node.inputs().size(); i++) {
            add(node.inputs().get(i), within.count(fusion.body().parameters().get(i)));
        }
    }

    private void add(Value value) {
        add(value, 1);
    }

    private void add(Value value, int times) {
        counts.merge(value, times, Integer::sum);
    }
}
