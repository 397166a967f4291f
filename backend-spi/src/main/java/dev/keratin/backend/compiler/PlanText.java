package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A scheduled program with its memory plan as text for people: one line for each node with places and costs, what was fused
 * or is the body of control flow indented under it; then each buffer with its lifetime.
 */
public final class PlanText {
    private final Map<Value, Integer> numbers = new HashMap<>();
    private final MemoryPlan plan;
    private final StringBuilder text = new StringBuilder();

    private PlanText(Program program, MemoryPlan plan) {
        this.plan = plan;
        line("parameters: " + list(program.parameters(), this::define));
        program.nodes().forEach(this::write);
        line("results: " + list(program.results(), this::place));
        program.updates().forEach(update -> line("update of parameter " + update.parameter() + ": " + place(update.value())));
        line("total: " + kernels(program) + " kernels, " + bytes(program) + " bytes moved, " + Cost.flops(program) + " flops");
        line("memory:");
        new MemoryText(program, plan, value -> "%" + numbers.get(value)).lines().forEach(each -> line("    " + each));
    }

    /** The text for a program and its plan. */
    public static String of(Program program, MemoryPlan plan) {
        return new PlanText(program, plan).text.toString();
    }

    /** How many nodes of a program do something when it runs: all but views and constants. */
    public static long kernels(Program program) {
        return program.nodes().stream().filter(node -> !isFree(node.op())).count();
    }

    private static long bytes(Program program) {
        return program.nodes().stream().mapToLong(Cost::bytes).sum();
    }

    private static boolean isFree(Op op) {
        return Views.isView(op) || op instanceof Constant;
    }

    private void write(Node node) {
        String inputs = list(node.inputs(), value -> "%" + numbers.get(value));
        String outputs = list(node.outputs(), this::define);
        String cost = isFree(node.op()) ? "" : "  # " + Cost.bytes(node) + " bytes, " + Cost.flops(node) + " flops";
        String scope = node.scope().isEmpty() ? "" : " in " + node.scope();
        line(outputs + " = " + node.op() + "(" + inputs + ")" + scope + cost);
        for (Program body : node.op().bodies()) {
            body.text().lines().forEach(each -> line("    " + each));
        }
    }

    private String define(Value value) {
        numbers.put(value, numbers.size());
        return place(value);
    }

    private String place(Value value) {
        return "%" + numbers.get(value) + ": " + value.type() + " @ " + plan.locationOf(value);
    }

    private static String list(List<Value> values, Function<Value, String> each) {
        return values.stream().map(each).collect(Collectors.joining(", "));
    }

    private void line(String content) {
        text.append(content).append('\n');
    }
}
