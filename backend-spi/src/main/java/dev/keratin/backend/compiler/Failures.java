package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which nodes of a program can fail when it runs: those that check indices, unless the indices are constants in range or
 * an earlier node has checked the same ones against the same lengths.
 */
final class Failures {
    private final Set<Node> failing = new HashSet<>();

    Failures(Program program) {
        IndexChecks checks = new IndexChecks();
        for (Node node : program.nodes()) {
            boolean unsure = IndexChecks.isMadeBy(node.op()) && !checks.isSure(node.op(), node.inputs());
            if (unsure || anyOf(node.op().bodies())) {
                failing.add(node);
            }
            checks.add(node);
        }
    }

    private static boolean anyOf(List<Program> bodies) {
        return !bodies.isEmpty() && bodies.stream().anyMatch(Failures::any);
    }

    /** Whether a node can fail. */
    boolean canFail(Node node) {
        return failing.contains(node);
    }

    /** Whether any node of a program can fail. */
    static boolean any(Program program) {
        return !new Failures(program).failing.isEmpty();
    }
}
