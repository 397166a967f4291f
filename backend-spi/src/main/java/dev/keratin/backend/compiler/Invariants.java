package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes before a Scan what is the same in each of its steps. Nodes that can fail and repetitions stay inside.
 */
final class Invariants {
    private final Program program;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final Map<Value, Value> copies = new HashMap<>();
    private boolean changed;

    private Invariants(Program program) {
        this.program = program;
    }

    /** The program with invariant nodes moved out of scans; the same object if there are none. */
    static Program run(Program program) {
        boolean none = program.nodes().stream().noneMatch(node -> node.op() instanceof Scan);
        return none ? program : new Invariants(program).move();
    }

    private Program move() {
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        for (Node node : program.nodes()) {
            Set<Node> moving = node.op() instanceof Scan scan ? invariants(scan) : Set.of();
            if (moving.isEmpty()) {
                builder.copyNode(node, copies);
            } else {
                move(node, (Scan) node.op(), moving);
                changed = true;
            }
        }
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return changed ? DeadCode.run(builder.build(program.results().stream().map(copies::get).toList())) : program;
    }

    /** The nodes whose operands are constants of the scan, constants of the program or such nodes' results. */
    private static Set<Node> invariants(Scan scan) {
        Program body = scan.body();
        Failures failures = new Failures(body);
        List<Value> parameters = body.parameters();
        Set<Value> fixed = new LinkedHashSet<>(parameters.subList(scan.carries() + scan.sequences(), parameters.size()));
        Set<Value> constants = new LinkedHashSet<>();
        Set<Node> moving = new LinkedHashSet<>();
        for (Node node : body.nodes()) {
            if (node.op() instanceof Constant) {
                constants.add(node.output());
            } else if (node.inputs().stream().anyMatch(fixed::contains) && !failures.canFail(node)
                    && !(node.op() instanceof Broadcast)
                    && node.inputs().stream().allMatch(input -> fixed.contains(input) || constants.contains(input))) {
                moving.add(node);
                fixed.addAll(node.outputs());
            }
        }
        return moving;
    }

    private void move(Node node, Scan scan, Set<Node> moving) {
        Program body = scan.body();
        Map<Value, Value> outside = new HashMap<>();
        for (int i = scan.carries() + scan.sequences(); i < body.parameters().size(); i++) {
            outside.put(body.parameters().get(i), copies.get(node.inputs().get(i)));
        }
        body.nodes().stream().filter(inner -> moving.contains(inner) || inner.op() instanceof Constant)
                .forEach(inner -> builder.copyNode(inner, outside));
        List<Value> moved = moving.stream().flatMap(inner -> inner.outputs().stream()).toList();
        List<Value> operands = new ArrayList<>(node.inputs().stream().map(copies::get).toList());
        moved.forEach(value -> operands.add(outside.get(value)));
        Scan smaller = new Scan(withParameters(body, moving, moved), scan.carries(), scan.sequences(), scan.length(),
                scan.reverse(), scan.carriesIn());
        List<Value> results = builder.add(smaller, operands);
        for (int i = 0; i < results.size(); i++) {
            copies.put(node.outputs().get(i), results.get(i));
        }
    }

    private static Program withParameters(Program body, Set<Node> without, List<Value> given) {
        ProgramBuilder inner = new ProgramBuilder();
        Map<Value, Value> inside = new HashMap<>();
        body.parameters().forEach(value -> inside.put(value, inner.parameter(value.type())));
        given.forEach(value -> inside.put(value, inner.parameter(value.type())));
        body.nodes().stream().filter(node -> !without.contains(node)).forEach(node -> inner.copyNode(node, inside));
        return inner.build(body.results().stream().map(inside::get).toList());
    }
}
