package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;

/** What this backend puts together itself, for routines of libraries, before other nodes are fused: fusions of kind ROUTINE. */
final class Routines {
    private Routines() {}

    /** A program that computes the same, with what the libraries of a device have routines for. */
    static Program run(Program simple, GpuDriver driver) {
        Program layers = AttentionFusion.run(RecurrentFusion.run(simple, driver), driver);
        return BiasGradientFusion.run(GeluFusion.run(layers, driver), driver);
    }

    /** Writes such a fusion. */
    static void write(Node node, Code code) {
        Program body = ((Fusion) node.op()).body();
        if (Recurrence.isIn(body)) {
            RoutineLowering.write(node, code);
        } else if (Attention.isIn(body)) {
            AttentionLowering.write(node, code);
        } else {
            ProductLowering.routine(node, code);
        }
    }
}
