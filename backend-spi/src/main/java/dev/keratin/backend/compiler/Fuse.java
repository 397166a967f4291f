package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Program;

/** Puts nodes together that a backend runs as one kernel. */
final class Fuse {
    private Fuse() {}

    static Program run(Program program, FusionPolicy policy) {
        if (!policy.loop() && !policy.row() && !policy.column() && !policy.epilogue()) {
            return program;
        }
        Program formed = policy.row() || policy.column() ? ReduceForms.run(program) : program;
        Clusters clusters = new Clusters(new FusionGraph(formed), policy);
        if (policy.epilogue()) {
            EpilogueFusion.run(clusters);
        }
        ElementwiseFusion.run(clusters);
        Recompute.run(clusters);
        if (policy.columnElements()) {
            ElementwiseFusion.columnsWithElements(clusters);
        }
        if (policy.columnResults()) {
            ElementwiseFusion.columnsWithResults(clusters);
        }
        NarrowValues.run(clusters);
        return FusedProgram.of(clusters);
    }
}
