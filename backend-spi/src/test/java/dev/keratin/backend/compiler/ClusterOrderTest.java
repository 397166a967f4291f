package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import org.junit.jupiter.api.Test;

class ClusterOrderTest {
    /** More nodes than a search for paths is ready to meet. */
    private static final int LONG = 10_000;

    private final Graph g = new Graph();

    private Value chain(Value start, int length) {
        Value end = start;
        for (int i = 0; i < length; i++) {
            end = g.unary(UnaryKind.NEG, end);
        }
        return end;
    }

    private static ClusterOrder order(Graph graph, Value... results) {
        return new ClusterOrder(new FusionGraph(graph.program(results)));
    }

    @Test
    void merge_earlyNodeWithLateOneThatReadsNothingElse_looksAtNoNodeBetween() {
        Value early = g.unary(UnaryKind.RELU, g.input(2));
        Value end = chain(early, LONG);
        ClusterOrder order = order(g, end, g.unary(UnaryKind.EXP, early));
        assertThat(order.merge(0, LONG + 1)).isNotNegative();
        assertThat(order.position(LONG + 1)).isLessThan(order.position(1));
    }

    @Test
    void merge_earlyNodeThatOnlyALateOneReads_looksAtNoNodeBetween() {
        Value early = g.unary(UnaryKind.RELU, g.input(2));
        ClusterOrder order = order(g, g.add(chain(g.input(2), LONG), early));
        assertThat(order.merge(0, LONG + 1)).isNotNegative();
        assertThat(order.position(0)).isGreaterThan(order.position(LONG));
    }

    @Test
    void merge_pathThroughAThird_isRefused() {
        Value early = g.unary(UnaryKind.RELU, g.input(2));
        assertThat(order(g, g.add(chain(early, 1), early)).merge(0, 2)).isEqualTo(-1);
    }
}
