package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@link FusionKind} promises of bodies. */
final class FusionContract {
    private FusionContract() {}

    static void check(Fusion fusion) {
        Program body = fusion.body();
        Map<Value, Node> producers = body.producers();
        assertThat(new HashSet<>(body.results())).hasSameSizeAs(body.results());
        assertThat(body.results()).allMatch(result -> producers.containsKey(result) && !(producers.get(result).op() instanceof Constant));
        assertThat(body.nodes()).allMatch(node -> body.useCounts().containsKey(node.output()));
        assertThat(body.parameters()).allMatch(parameter -> body.useCounts().containsKey(parameter));
        for (Node node : body.nodes()) {
            if (node.op() instanceof Constant constant) {
                assertThat(constant.value().isSplat() && constant.value().type().shape().rank() == 0).isTrue();
            }
        }
        switch (fusion.kind()) {
            case LOOP -> checkSpace(body, Set.of(body.results().get(0).type().shape()));
            case ROW -> checkRow(body);
            case COLUMN -> checkColumn(body);
            case EPILOGUE -> checkEpilogue(body);
        }
    }

    private static List<Node> computing(Program body) {
        return body.nodes().stream().filter(node -> !(node.op() instanceof Constant)).toList();
    }

    private static void checkSpace(Program body, Set<Shape> shapes) {
        assertThat(computing(body)).allMatch(node -> InPlace.isElementwisePrimitive(node.op())
                && shapes.contains(node.output().type().shape()));
    }

    private static Node firstReduction(Program body) {
        return body.nodes().stream().filter(node -> node.op() instanceof Reduce).findFirst().orElseThrow();
    }

    private static void checkRow(Program body) {
        Shape full = firstReduction(body).inputs().get(0).type().shape();
        Set<Shape> shapes = Set.of(full, full.with(-1, 1));
        for (Node node : computing(body)) {
            if (node.op() instanceof Reduce reduce) {
                assertThat(reduce.keepDims() && reduce.axes().equals(List.of(full.rank() - 1))).isTrue();
                assertThat(node.inputs().get(0).type().shape()).isEqualTo(full);
            } else {
                assertThat(InPlace.isElementwisePrimitive(node.op()) && shapes.contains(node.output().type().shape())).isTrue();
            }
        }
        assertThat(body.parameters()).allMatch(value -> Shape.broadcast(value.type().shape(), full).equals(full));
    }

    private static void checkColumn(Program body) {
        Shape full = firstReduction(body).inputs().get(0).type().shape();
        Reduce first = (Reduce) firstReduction(body).op();
        Shape reduced = firstReduction(body).output().type().shape();
        for (Node node : computing(body)) {
            if (node.op() instanceof Reduce reduce) {
                assertThat(!reduce.keepDims() && reduce.axes().equals(first.axes())).isTrue();
                assertThat(node.inputs().get(0).type().shape()).isEqualTo(full);
            } else {
                Shape shape = node.output().type().shape();
                assertThat(InPlace.isElementwisePrimitive(node.op()) && (shape.equals(full) || shape.equals(reduced))).isTrue();
                assertThat(shape.equals(full) && node.inputs().stream().anyMatch(input -> isReduced(input, reduced, body))).isFalse();
            }
        }
    }

    private static boolean isReduced(Value value, Shape reduced, Program body) {
        return value.type().shape().equals(reduced) && computing(body).stream().anyMatch(node -> node.outputs().contains(value));
    }

    private static void checkEpilogue(Program body) {
        List<Node> nodes = computing(body);
        assertThat(nodes.get(0).op() instanceof MatMul || nodes.get(0).op() instanceof Conv).isTrue();
        assertThat(body.parameters()).containsAll(nodes.get(0).inputs());
        for (int i = 1; i < nodes.size(); i++) {
            assertThat(nodes.get(i).inputs()).contains(nodes.get(i - 1).output());
            assertThat(nodes.get(i).output().type().shape()).isEqualTo(nodes.get(0).output().type().shape());
        }
        assertThat(body.results()).containsExactly(nodes.get(nodes.size() - 1).output());
    }
}
