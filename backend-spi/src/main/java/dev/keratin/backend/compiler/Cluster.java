package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.FusionKind;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that may become one fusion.
 *
 * @param kind what they become, null if they stay as they are
 * @param space the full shape of a LOOP, ROW or COLUMN
 * @param axes what a COLUMN reduces, else empty
 * @param members the numbers of the nodes
 */
record Cluster(@Nullable FusionKind kind, Shape space, List<Integer> axes, TreeSet<Integer> members) {
    /** Whether elementwise nodes may join. */
    boolean isOpen() {
        return kind == FusionKind.LOOP || kind == FusionKind.ROW || kind == FusionKind.COLUMN;
    }

    /** The shape of a reduced row. */
    Shape rowShape() {
        return space.rank() == 0 ? space : space.with(-1, 1);
    }

    /** The shape of a reduced column. */
    Shape columnShape() {
        return Shape.of(IntStream.range(0, space.rank()).filter(axis -> !axes.contains(axis)).mapToObj(space::dim).toList());
    }

    /** This cluster with other members. */
    Cluster with(TreeSet<Integer> others) {
        return new Cluster(kind, space, axes, others);
    }
}
