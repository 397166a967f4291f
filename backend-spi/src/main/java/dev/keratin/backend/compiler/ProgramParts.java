package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** What some results of a body need, and the body cut down to them. */
final class ProgramParts {
    private ProgramParts() {}

    /** The indices of the parameters that some results need. */
    static Set<Integer> neededParameters(Program body, IntPredicate results) {
        Set<Value> needed = new HashSet<>();
        for (int i = 0; i < body.results().size(); i++) {
            if (results.test(i)) {
                needed.add(body.results().get(i));
            }
        }
        for (int i = body.nodes().size() - 1; i >= 0; i--) {
            Node node = body.nodes().get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
            }
        }
        Set<Integer> indices = new HashSet<>();
        for (int i = 0; i < body.parameters().size(); i++) {
            if (needed.contains(body.parameters().get(i))) {
                indices.add(i);
            }
        }
        return indices;
    }

    /** A body with some of its results and parameters, which have to be all that these results need. */
    static Program of(Program body, IntPredicate results, IntPredicate parameters) {
        ProgramBuilder builder = new ProgramBuilder();
        Map<Value, Value> copies = new HashMap<>();
        for (int i = 0; i < body.parameters().size(); i++) {
            if (parameters.test(i)) {
                copies.put(body.parameters().get(i), builder.parameter(body.parameters().get(i).type()));
            }
        }
        for (Node node : body.nodes()) {
            if (copies.keySet().containsAll(node.inputs())) {
                builder.copyNode(node, copies);
            }
        }
        List<Value> kept = pick(body.results(), results).stream().map(copies::get).toList();
        return DeadCode.run(builder.build(kept));
    }

    /** The elements of a list at some indices. */
    static <T> List<T> pick(List<T> list, IntPredicate indices) {
        List<T> picked = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (indices.test(i)) {
                picked.add(list.get(i));
            }
        }
        return picked;
    }
}
