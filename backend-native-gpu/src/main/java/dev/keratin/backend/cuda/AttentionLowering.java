package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes the fusions of attention: one call of a library each. */
final class AttentionLowering {
    private AttentionLowering() {}

    static void write(Node node, Code code) {
        Fusion fusion = (Fusion) node.op();
        AttentionPlan plan = code.driver().attention(Attention.of(fusion)).orElseThrow();
        boolean gradient = Attention.isGradient(fusion);
        LibraryCall call = gradient ? Objects.requireNonNull(plan.gradient()) : plan.forward();
        Slot[] places = Stream.concat(node.inputs().stream(), node.outputs().stream()).map(code::slot).toArray(Slot[]::new);
        code.call(call, "attention " + (gradient ? "gradient " : "") + node.scope(), places);
    }
}
