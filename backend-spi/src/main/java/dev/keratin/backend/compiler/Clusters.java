package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All nodes of a program in clusters. Each node is at home in one; others may hold a copy of it, which they compute for
 * themselves.
 */
final class Clusters {
    private static final int LARGEST_BODY = 200;

    private final FusionGraph graph;
    private final FusionPolicy policy;
    private final ClusterOrder order;
    private final @Nullable Cluster[] clusters;
    private final Map<Integer, Set<Integer>> copies = new HashMap<>();
    private final int[] moved;

    Clusters(FusionGraph graph, FusionPolicy policy) {
        this.graph = graph;
        this.policy = policy;
        this.order = new ClusterOrder(graph);
        this.clusters = new Cluster[graph.size()];
        Arrays.setAll(clusters, this::single);
        this.moved = IntStream.range(0, graph.size()).toArray();
    }

    private Cluster single(int index) {
        Node node = graph.node(index);
        TreeSet<Integer> members = new TreeSet<>(List.of(index));
        Shape shape = node.output().type().shape();
        boolean accepted = policy.elementwise().test(node);
        if (accepted && InPlace.isElementwisePrimitive(node.op()) && shape.size() > 0) {
            return new Cluster(FusionKind.LOOP, shape, List.of(), members);
        }
        if (accepted && node.op() instanceof Reduce reduce) {
            Shape operand = node.inputs().get(0).type().shape();
            if (isRow(reduce, operand)) {
                return new Cluster(FusionKind.ROW, operand, List.of(), members);
            }
            if (isColumn(reduce, operand)) {
                return new Cluster(FusionKind.COLUMN, operand, reduce.axes(), members);
            }
        }
        return new Cluster(null, shape, List.of(), members);
    }

    private boolean isRow(Reduce reduce, Shape operand) {
        return policy.row() && reduce.keepDims() && ReduceForms.isRow(reduce, operand) && isArithmetic(reduce.kind())
                && operand.dim(-1) > 1 && operand.dim(-1) <= policy.maxRowLength() && operand.size() > 0;
    }

    private boolean isColumn(Reduce reduce, Shape operand) {
        return policy.column() && !reduce.keepDims() && ReduceForms.isColumn(reduce, operand)
                && isArithmetic(reduce.kind()) && reduce.kind() != ReduceKind.PROD && operand.size() > 0;
    }

    private static boolean isArithmetic(ReduceKind kind) {
        return kind == ReduceKind.SUM || kind == ReduceKind.PROD || kind == ReduceKind.MAX || kind == ReduceKind.MIN;
    }

    FusionGraph graph() {
        return graph;
    }

    FusionPolicy policy() {
        return policy;
    }

    /** The cluster in which a node is at home. */
    Cluster home(int node) {
        return cluster(group(node));
    }

    private Cluster cluster(int group) {
        return Objects.requireNonNull(clusters[group]);
    }

    private int group(int node) {
        return order.group(moved[node]);
    }

    /** Where the cluster in which a node is at home stands in the order. */
    int position(int node) {
        return order.position(group(node));
    }

    /** Whether a cluster other than its home holds a node. */
    boolean isCopied(int node) {
        return copies.containsKey(node);
    }

    /** Makes a node at home in the cluster of another one, which has to come earlier; after the last merge only. */
    void move(int node, int to) {
        home(node).members().remove(node);
        moved[node] = order.group(to);
        home(node).members().add(node);
    }

    /** All clusters in an order in which each needs only earlier ones. */
    List<Cluster> inOrder() {
        return IntStream.range(0, clusters.length).filter(group -> clusters[group] != null).boxed()
                .sorted(Comparator.comparingInt(order::position)).map(this::cluster).toList();
    }

    /** The values that members read and no member computes; splat constants are no operands of elementwise nodes. */
    Set<Value> inputs(Collection<Integer> members) {
        Set<Value> inputs = new LinkedHashSet<>();
        for (int member : members) {
            boolean inlines = InPlace.isElementwisePrimitive(graph.node(member).op());
            for (Value input : graph.node(member).inputs()) {
                if (!members.contains(graph.producer(input)) && !(inlines && graph.isSplat(input))) {
                    inputs.add(input);
                }
            }
        }
        return inputs;
    }

    /** The values that members at home in a cluster compute and others need from it. */
    List<Value> outputs(Collection<Integer> members) {
        List<Value> outputs = new ArrayList<>();
        for (int member : members) {
            boolean isCopy = copies.containsKey(member) && home(member).members() != members;
            for (Value output : isCopy ? List.<Value>of() : graph.node(member).outputs()) {
                if (graph.escapes(output) || isReadOutside(member, output, members)) {
                    outputs.add(output);
                }
            }
        }
        return outputs;
    }

    private boolean isReadOutside(int producer, Value value, Collection<Integer> members) {
        for (int reader : graph.consumers(value)) {
            if (copies.isEmpty() ? !members.contains(reader) : isOutside(reader, producer, members)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a cluster of other members than these reads by a node what it does not compute. */
    private boolean isOutside(int reader, int producer, Collection<Integer> members) {
        return isAtHome(reader) && isForeign(group(reader), producer, members)
                || groupsWithCopy(reader).stream().anyMatch(group -> isForeign(group, producer, members));
    }

    private boolean isForeign(int group, int producer, Collection<Integer> members) {
        return group != group(producer) && cluster(group).members() != members && !groupsWithCopy(producer).contains(group);
    }

    private boolean isAtHome(int node) {
        return home(node).members().contains(node);
    }

    /** The clusters that read a value and do not compute it, each by the node that names it. */
    Set<Integer> groupsThatRead(int producer, Value value) {
        Set<Integer> groups = new LinkedHashSet<>();
        for (int reader : graph.consumers(value)) {
            if (isAtHome(reader)) {
                groups.add(group(reader));
            }
            groups.addAll(groupsWithCopy(reader));
        }
        groups.remove(group(producer));
        groups.removeAll(groupsWithCopy(producer));
        return groups;
    }

    private List<Integer> groupsWithCopy(int node) {
        Set<Integer> groups = copies.isEmpty() ? null : copies.get(node);
        return groups == null ? List.of() : groups.stream().map(order::group).toList();
    }

    /** The members that some values of a cluster need. */
    TreeSet<Integer> needed(Collection<Integer> members, Collection<Value> values) {
        TreeSet<Integer> needed = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        values.forEach(value -> open.push(graph.producer(value)));
        while (!open.isEmpty()) {
            int next = open.pop();
            if (members.contains(next) && needed.add(next)) {
                graph.node(next).inputs().forEach(input -> open.push(graph.producer(input)));
            }
        }
        return needed;
    }

    /** Lets a cluster compute nodes of another one for itself. */
    void copyInto(int group, Collection<Integer> nodes) {
        cluster(group).members().addAll(nodes);
        nodes.forEach(node -> copies.computeIfAbsent(node, key -> new LinkedHashSet<>()).add(group));
    }

    /** Drops members of a cluster that nobody needs any longer. */
    void prune(Cluster cluster) {
        cluster.members().retainAll(needed(cluster.members(), outputs(cluster.members())));
    }

    /** Whether a cluster of these members, with so many results, stays within the limits of the policy. */
    boolean fits(Collection<Integer> members, int results) {
        return members.size() <= LARGEST_BODY && inputs(members).size() + results <= policy.maxOperands();
    }

    /**
     * Makes one cluster of those of two nodes if that is allowed; whether it was.
     *
     * @param into the kinds that may come out
     * @param columnElements whether values of the full shape may leave a COLUMN
     */
    boolean merge(int a, int b, Set<FusionKind> into, boolean columnElements) {
        Cluster first = home(a);
        Cluster second = home(b);
        if (first == second || !first.isOpen() || !second.isOpen()
                || first.members().size() + second.members().size() > LARGEST_BODY) {
            return false;
        }
        Cluster merged = combine(first, second, into);
        if (merged == null || !fits(merged.members(), outputs(merged.members()).size()) || !isSound(merged, columnElements)) {
            return false;
        }
        return join(a, b, merged);
    }

    /**
     * Puts a LOOP over what a COLUMN reduces to into it if that is allowed: the COLUMN waits for nothing else then, and updates
     * that nothing waits for stay apart.
     */
    boolean mergeResults(int column, int loop) {
        Cluster first = home(column);
        Cluster second = home(loop);
        if (first.kind() != FusionKind.COLUMN || second.kind() != FusionKind.LOOP || !second.space().equals(first.columnShape())
                || outputs(second.members()).stream().allMatch(graph::isLast)
                || inputs(second.members()).stream().anyMatch(input -> isLater(graph.producer(input), column))) {
            return false;
        }
        TreeSet<Integer> members = new TreeSet<>(first.members());
        members.addAll(second.members());
        List<Integer> own = members.stream().filter(member -> home(member) == first || home(member) == second).toList();
        return fits(members, outputs(members).size()) && !mixesUpdates(own) && join(column, loop, first.with(members));
    }

    private boolean isLater(int node, int than) {
        return node >= 0 && position(node) > position(than);
    }

    /** Makes one cluster of those of two nodes, as long as an order remains; whether it does. */
    boolean join(int a, int b, Cluster merged) {
        int groupA = order.group(a);
        int groupB = order.group(b);
        int group = order.merge(groupA, groupB);
        if (group < 0) {
            return false;
        }
        clusters[groupA] = null;
        clusters[groupB] = null;
        clusters[group] = merged;
        return true;
    }

    private static @Nullable Cluster combine(Cluster a, Cluster b, Set<FusionKind> into) {
        boolean swap = rank(a.kind()) < rank(b.kind());
        Cluster major = swap ? b : a;
        Cluster minor = swap ? a : b;
        boolean sameSpace = major.space().equals(minor.space());
        boolean rowSpace = major.kind() == FusionKind.ROW && minor.kind() == FusionKind.LOOP
                && minor.space().equals(major.rowShape());
        boolean sameKind = major.kind() == minor.kind() || minor.kind() == FusionKind.LOOP;
        boolean sameAxes = minor.kind() == FusionKind.LOOP || major.axes().equals(minor.axes());
        if (!into.contains(major.kind()) || !sameKind || !sameAxes || !(sameSpace || rowSpace)) {
            return null;
        }
        TreeSet<Integer> members = new TreeSet<>(major.members());
        members.addAll(minor.members());
        return major.with(members);
    }

    private static int rank(@Nullable FusionKind kind) {
        return kind == FusionKind.LOOP ? 0 : 1;
    }

    /** In a COLUMN nothing reads a reduction and elements leave only if they may, and what only updates need does not run before the last node that can fail. */
    private boolean isSound(Cluster merged, boolean columnElements) {
        boolean elementsLeave = merged.kind() == FusionKind.COLUMN && !columnElements
                && outputs(merged.members()).stream().anyMatch(value -> value.type().shape().equals(merged.space()));
        boolean readsReduction = merged.kind() == FusionKind.COLUMN
                && merged.members().stream().anyMatch(member -> readsReduction(member, merged.members()));
        return !elementsLeave && !readsReduction && !mixesUpdates(merged.members());
    }

    /** Whether what only updates need would run before the last node that can fail. */
    private boolean mixesUpdates(Collection<Integer> members) {
        return members.stream().anyMatch(graph::isUpdate) && members.stream().anyMatch(graph::isNeededByFailures);
    }

    private boolean readsReduction(int member, Collection<Integer> members) {
        return graph.node(member).inputs().stream().map(graph::producer)
                .anyMatch(producer -> members.contains(producer) && graph.node(producer).op() instanceof Reduce);
    }
}
