package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets fusions compute a cheap elementwise value for themselves instead of reading it, where then it need not be stored
 * at all and fewer bytes move in total.
 */
final class Recompute {
    /** What may be spent per element on not storing a value, in additions. */
    private static final int BUDGET = 8;

    private final Clusters clusters;
    private final FusionGraph graph;

    private Recompute(Clusters clusters) {
        this.clusters = clusters;
        this.graph = clusters.graph();
    }

    static void run(Clusters clusters) {
        Recompute pass = new Recompute(clusters);
        for (int i = clusters.graph().size() - 1; i >= 0; i--) {
            if (pass.mayDrop(i)) {
                pass.consider(List.of(i), clusters.home(i));
            }
        }
        for (Cluster cluster : clusters.inOrder()) {
            pass.considerTogether(cluster);
        }
    }

    /** Values that each could only be traded for another one may together be traded for a single one. */
    private void considerTogether(Cluster home) {
        Map<Set<Integer>, List<Integer>> byReaders = new LinkedHashMap<>();
        for (int member : home.members()) {
            if (mayDrop(member)) {
                byReaders.computeIfAbsent(readers(member), key -> new ArrayList<>()).add(member);
            }
        }
        byReaders.values().stream().filter(group -> group.size() > 1).forEach(group -> consider(group, home));
    }

    private Set<Integer> readers(int index) {
        return clusters.groupsThatRead(index, graph.node(index).output());
    }

    /** Whether a node's value is stored only for fusions over the same shape. */
    private boolean mayDrop(int index) {
        Cluster home = clusters.home(index);
        if (home.kind() != FusionKind.LOOP && home.kind() != FusionKind.ROW || !home.members().contains(index)) {
            return false;
        }
        Value value = graph.node(index).output();
        Set<Integer> readers = readers(index);
        return !readers.isEmpty() && !graph.escapes(value) && value.type().shape().equals(home.space())
                && readers.stream().map(clusters::home).allMatch(reader -> reader.isOpen() && reader.space().equals(home.space()));
    }

    /** Drops values of one cluster that have the same readers, if that pays. */
    private void consider(List<Integer> nodes, Cluster home) {
        List<Value> dropped = nodes.stream().map(node -> graph.node(node).output()).toList();
        TreeSet<Integer> cone = new TreeSet<>();
        for (int node : nodes) {
            TreeSet<Integer> each = cone(node, home, dropped);
            if (each.isEmpty()) {
                return;
            }
            cone.addAll(each);
        }
        Set<Integer> readers = readers(nodes.get(0));
        if (pays(home, readers, cone, dropped)) {
            readers.forEach(reader -> clusters.copyInto(reader, cone));
            clusters.prune(home);
        }
    }

    /** The nodes that compute a value from what is stored anyway; none if they cost too much. */
    private TreeSet<Integer> cone(int index, Cluster home, List<Value> dropped) {
        List<Value> stored = new ArrayList<>(clusters.outputs(home.members()));
        stored.removeAll(dropped);
        TreeSet<Integer> cone = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(index));
        int price = 0;
        while (!open.isEmpty()) {
            int next = open.pop();
            if (cone.add(next)) {
                price += price(graph.node(next).op());
                for (Value input : graph.node(next).inputs()) {
                    int producer = graph.producer(input);
                    if (home.members().contains(producer) && !stored.contains(input)
                            && input.type().shape().equals(home.space()) && price(graph.node(producer).op()) <= BUDGET) {
                        open.push(producer);
                    }
                }
            }
        }
        return price <= BUDGET ? cone : new TreeSet<>();
    }

    private boolean pays(Cluster home, Set<Integer> readers, TreeSet<Integer> cone, List<Value> dropped) {
        List<Value> outputs = new ArrayList<>(clusters.outputs(home.members()));
        outputs.removeAll(dropped);
        for (Value input : clusters.inputs(cone)) {
            if (home.members().contains(graph.producer(input)) && !outputs.contains(input)) {
                outputs.add(input);
            }
        }
        long change = bytes(clusters.inputs(clusters.needed(home.members(), outputs))) + bytes(outputs)
                - bytes(clusters.inputs(home.members())) - bytes(clusters.outputs(home.members()));
        for (int reader : readers) {
            TreeSet<Integer> members = new TreeSet<>(clusters.home(reader).members());
            long before = bytes(clusters.inputs(members));
            members.addAll(cone);
            change += bytes(clusters.inputs(members)) - before;
            if (!clusters.fits(members, clusters.outputs(clusters.home(reader).members()).size())) {
                return false;
            }
        }
        return change < 0;
    }

    private static long bytes(Collection<Value> values) {
        return values.stream().mapToLong(value -> value.type().byteSize()).sum();
    }

    private static int price(Op op) {
        if (op instanceof Unary unary) {
            return switch (unary.kind()) {
                case NEG, ABS, SIGN, SQUARE, RELU, NOT, FLOOR, CEIL, ROUND, TRUNC, IS_NAN, IS_INF, IS_FINITE -> 1;
                case RECIPROCAL, SQRT, RSQRT -> 3;
                default -> BUDGET + 1;
            };
        }
        if (op instanceof Binary binary) {
            return switch (binary.kind()) {
                case ADD, SUB, MUL, MAX, MIN, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> 1;
                case DIV -> 3;
                default -> BUDGET + 1;
            };
        }
        return op instanceof Compare || op instanceof Select || op instanceof Cast ? 1 : BUDGET + 1;
    }
}
