package dev.keratin.backend.compiler;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.TreeSet;

/**
 * Computes a mask where its wide operand is at hand anyway: an earlier fusion stores one byte per element, and the one
 * that needs the mask reads it instead of the operand, which may then be forgotten sooner.
 */
final class NarrowValues {
    private final Clusters clusters;
    private final FusionGraph graph;

    private NarrowValues(Clusters clusters) {
        this.clusters = clusters;
        this.graph = clusters.graph();
    }

    static void run(Clusters clusters) {
        NarrowValues pass = new NarrowValues(clusters);
        for (int i = 0; i < clusters.graph().size(); i++) {
            pass.consider(i);
        }
    }

    private void consider(int index) {
        Cluster home = clusters.home(index);
        Node node = graph.node(index);
        boolean isMask = home.isOpen() && home.members().contains(index) && !clusters.isCopied(index)
                && node.output().type().dtype() == DType.BOOL && node.output().type().shape().equals(home.space());
        List<Value> operands = isMask ? node.inputs().stream().filter(input -> !graph.isSplat(input)).toList() : List.of();
        if (operands.size() == 1 && isReadForMaskOnly(index, operands.get(0), home)) {
            candidates(operands.get(0)).stream().filter(group -> takes(group, index, operands.get(0), home)).findFirst()
                    .ifPresent(group -> clusters.move(index, group));
        }
    }

    private boolean isReadForMaskOnly(int index, Value operand, Cluster home) {
        return operand.type().shape().equals(home.space()) && operand.type().dtype().byteSize() > 2
                && !home.members().contains(graph.producer(operand))
                && graph.consumers(operand).stream().filter(home.members()::contains).allMatch(reader -> reader == index)
                && !clusters.outputs(home.members()).contains(graph.node(index).output());
    }

    private List<Integer> candidates(Value operand) {
        int producer = graph.producer(operand);
        TreeSet<Integer> nodes = new TreeSet<>(graph.consumers(operand));
        if (producer >= 0) {
            nodes.add(producer);
        }
        return nodes.stream().filter(node -> clusters.home(node).members().contains(node)).toList();
    }

    private boolean takes(int candidate, int index, Value operand, Cluster home) {
        Cluster other = clusters.home(candidate);
        if (other == home || !other.isOpen() || !other.space().equals(home.space())
                || clusters.position(candidate) >= clusters.position(index)
                || other.kind() == FusionKind.COLUMN && !clusters.policy().columnElements()
                || other.members().stream().anyMatch(graph::isUpdate)) {
            return false;
        }
        TreeSet<Integer> members = new TreeSet<>(other.members());
        boolean known = members.contains(graph.producer(operand)) || clusters.inputs(members).contains(operand);
        members.add(index);
        return known && clusters.fits(members, clusters.outputs(other.members()).size() + 1);
    }
}
