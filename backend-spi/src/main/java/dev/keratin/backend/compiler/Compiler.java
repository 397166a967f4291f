package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Turns a program as it was traced into one that is worth running: the same parameters, results and updates, fewer and
 * larger nodes, in an order with short lifetimes. Bodies of control flow are treated alike. The cost is about linear in
 * the number of nodes.
 */
public final class Compiler {
    /** A round that changes nothing ends the search; rules leave little to do after the second. */
    private static final int MOST_ROUNDS = 8;

    private Compiler() {}

    /**
     * A program that computes the same with the fusions a backend can run. Nodes that can fail when it runs come before
     * all nodes that only updates need.
     */
    public static Program optimize(Program program, FusionPolicy policy) {
        return optimize(program, policy, UnaryOperator.identity());
    }

    /**
     * The same for a backend that puts some nodes together itself, as Fusions of kind ROUTINE; not in bodies.
     *
     * @param routines given a program that is simple but not fused, gives one that computes the same
     */
    public static Program optimize(Program program, FusionPolicy policy, UnaryOperator<Program> routines) {
        return fuse(simplify(program), policy, routines);
    }

    /** Fewer and cheaper nodes, none fused; the same object if there is nothing to do. */
    static Program simplify(Program program) {
        Program current = program;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Program next = DeadCode.run(Rewriter.run(Bodies.map(current, Compiler::simplify), rules()));
            next = Invariants.run(UnusedState.run(next));
            if (next == current) {
                return current;
            }
            current = next;
        }
        return current;
    }

    private static List<Rewriter.Rule> rules() {
        List<Rewriter.Rule> rules = new ArrayList<>(Simplify.rules());
        rules.add(new ConstantFolding());
        rules.add(new CommonValues());
        return rules;
    }

    private static Program fuse(Program program, FusionPolicy policy, UnaryOperator<Program> routines) {
        Program whole = Bodies.map(program, body -> fuse(body, policy, UnaryOperator.identity()));
        return Schedule.run(Fuse.run(DeadCode.run(routines.apply(whole)), policy));
    }
}
