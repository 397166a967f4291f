package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Merges elementwise nodes and reductions that hand values of the same shape to each other or read the same one, so that
 * each is written or read once: first what only columns need, then rows, then loops. Each merge saves memory traffic and
 * none computes anything twice.
 */
final class ElementwiseFusion {
    /** With how many earlier readers of the same value a reader tries to merge. */
    private static final int NEIGHBOURS = 8;

    private final Clusters clusters;
    private final FusionGraph graph;

    private ElementwiseFusion(Clusters clusters) {
        this.clusters = clusters;
        this.graph = clusters.graph();
    }

    static void run(Clusters clusters) {
        ElementwiseFusion fusion = new ElementwiseFusion(clusters);
        for (FusionKind kind : List.of(FusionKind.COLUMN, FusionKind.ROW, FusionKind.LOOP)) {
            fusion.alongEdges(Set.of(kind), false);
        }
        fusion.siblings();
    }

    /** Lets columns also compute what others need of the elements that they reduce. */
    static void columnsWithElements(Clusters clusters) {
        new ElementwiseFusion(clusters).alongEdges(Set.of(FusionKind.COLUMN), true);
    }

    /** Lets columns also compute what follows from their reductions. */
    static void columnsWithResults(Clusters clusters) {
        FusionGraph graph = clusters.graph();
        for (int i = 0; i < graph.size(); i++) {
            for (Value input : graph.node(i).inputs()) {
                int producer = graph.producer(input);
                if (producer >= 0 && clusters.mergeResults(producer, i)) {
                    break;
                }
            }
        }
    }

    /** Down, then up: a reduction takes in what follows it, then what leads to it. */
    private void alongEdges(Set<FusionKind> into, boolean columnElements) {
        for (int i = 0; i < graph.size(); i++) {
            mergeProducers(i, into, columnElements);
        }
        for (int i = graph.size() - 1; i >= 0; i--) {
            mergeProducers(i, into, columnElements);
        }
    }

    private void mergeProducers(int index, Set<FusionKind> into, boolean columnElements) {
        for (Value input : graph.node(index).inputs()) {
            int producer = graph.producer(input);
            if (producer >= 0) {
                clusters.merge(producer, index, into, columnElements);
            }
        }
    }

    private void siblings() {
        Set<FusionKind> all = Set.of(FusionKind.ROW, FusionKind.COLUMN, FusionKind.LOOP);
        List<Value> values = new ArrayList<>(graph.program().parameters());
        graph.program().nodes().forEach(node -> values.addAll(node.outputs()));
        for (Value value : values) {
            List<Integer> readers = graph.isSplat(value) ? List.of() : graph.consumers(value).stream()
                    .filter(reader -> clusters.home(reader).space().size() == value.type().shape().size()).toList();
            for (int i = 1; i < readers.size(); i++) {
                mergeWithEarlier(readers, i, all);
            }
        }
    }

    private void mergeWithEarlier(List<Integer> readers, int index, Set<FusionKind> into) {
        for (int i = index - 1; i >= Math.max(0, index - NEIGHBOURS); i--) {
            if (clusters.merge(readers.get(i), readers.get(index), into, false)) {
                return;
            }
        }
    }
}
