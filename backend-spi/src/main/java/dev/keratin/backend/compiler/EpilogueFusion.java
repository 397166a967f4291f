package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Lets products and convolutions take the elementwise nodes that alone read their result, as far as the policy allows. */
final class EpilogueFusion {
    private static final int LONGEST = 8;

    private EpilogueFusion() {}

    static void run(Clusters clusters) {
        FusionGraph graph = clusters.graph();
        for (int i = 0; i < graph.size(); i++) {
            if (isAnchor(graph.node(i).op()) && clusters.home(i).kind() == null) {
                fuse(clusters, chain(clusters, i));
            }
        }
    }

    private static boolean isAnchor(Op op) {
        return op instanceof MatMul || op instanceof Conv;
    }

    /** The longest chain from an anchor on that the policy accepts; just the anchor if there is none. */
    private static List<Integer> chain(Clusters clusters, int anchor) {
        FusionGraph graph = clusters.graph();
        List<Integer> chain = new ArrayList<>(List.of(anchor));
        int accepted = 1;
        int next = follower(clusters, anchor);
        while (next >= 0 && chain.size() < LONGEST) {
            chain.add(next);
            if (clusters.policy().acceptsEpilogue().test(nodes(graph, chain))) {
                accepted = chain.size();
            }
            next = follower(clusters, next);
        }
        return chain.subList(0, accepted);
    }

    /** The nodes of a chain and the splat constants that they read, in the program's order. */
    private static List<Node> nodes(FusionGraph graph, List<Integer> chain) {
        TreeSet<Integer> members = new TreeSet<>(chain);
        for (int member : chain) {
            graph.node(member).inputs().stream().filter(graph::isSplat).map(graph::producer).forEach(members::add);
        }
        return members.stream().map(graph::node).toList();
    }

    private static int follower(Clusters clusters, int index) {
        FusionGraph graph = clusters.graph();
        Value value = graph.node(index).output();
        List<Integer> readers = graph.consumers(value);
        if (graph.escapes(value) || readers.size() != 1) {
            return -1;
        }
        int reader = readers.get(0);
        Node node = graph.node(reader);
        boolean fits = InPlace.isElementwisePrimitive(node.op()) && clusters.home(reader).kind() != FusionKind.EPILOGUE
                && node.output().type().shape().equals(value.type().shape())
                && node.inputs().stream().filter(input -> input == value).count() == 1 && !graph.isUpdate(reader);
        return fits ? reader : -1;
    }

    private static void fuse(Clusters clusters, List<Integer> chain) {
        for (int i = 1; i < chain.size(); i++) {
            Shape shape = clusters.graph().node(chain.get(i)).output().type().shape();
            FusionKind kind = i == chain.size() - 1 ? FusionKind.EPILOGUE : null;
            TreeSet<Integer> members = new TreeSet<>(chain.subList(0, i + 1));
            if (!clusters.join(chain.get(0), chain.get(i), new Cluster(kind, shape, List.of(), members))) {
                return;
            }
        }
    }
}
