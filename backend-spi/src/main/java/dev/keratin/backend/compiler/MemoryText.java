package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A memory plan as text for people: one line for each buffer that nodes compute, with its place, size and lifetime. */
final class MemoryText {
    private final Program program;
    private final MemoryPlan plan;
    private final Function<Value, String> names;
    private final Views views;
    private final Lifetimes lifetimes;

    /** @param names what the values of the program are called */
    MemoryText(Program program, MemoryPlan plan, Function<Value, String> names) {
        this.program = program;
        this.plan = plan;
        this.names = names;
        this.views = new Views(program);
        this.lifetimes = new Lifetimes(program, views);
    }

    /** The lines, in the order in which the buffers are computed, and the sizes of the arena last. */
    List<String> lines() {
        Map<Value, List<Value>> sharing = new LinkedHashMap<>();
        lifetimes.computed(program).forEach(root -> sharing.put(root, new ArrayList<>()));
        program.nodes().stream().filter(node -> Views.isView(node.op())).forEach(node ->
                sharing.getOrDefault(views.rootOf(node.output()), new ArrayList<>()).add(node.output()));
        List<String> lines = new ArrayList<>();
        sharing.forEach((root, viewed) -> lines.add(line(root, viewed)));
        plan.finalCopies().forEach(copy -> lines.add("copy " + copy));
        lines.add("arena " + plan.arenaBytes() + " bytes, at the peak " + plan.arenaLowerBound() + " of them hold living values");
        return lines;
    }

    private String line(Value root, List<Value> viewed) {
        String also = viewed.isEmpty() ? "" : viewed.stream().map(names).collect(Collectors.joining(", ", " (also ", ")"));
        return plan.locationOf(root) + ", " + root.type().byteSize() + " bytes: " + names.apply(root) + also + ", " + end(root);
    }

    private String end(Value root) {
        if (lifetimes.isReadAtEnd(root)) {
            return "kept to the end";
        }
        int last = lifetimes.lastRead(root);
        return last < 0 ? "never read" : "last read by " + names.apply(program.nodes().get(last).outputs().get(0));
    }
}
