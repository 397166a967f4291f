package dev.keratin.backend.compiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Groups of nodes in an order in which each needs only earlier ones. Two groups are merged if no path leads from one to
 * the other through a third; the order is then mended among the groups between them (Pearce and Kelly, A dynamic
 * topological sort algorithm, JEA 2006).
 *
 * <p>A search that meets more than {@link #PATIENCE} edges gives up and refuses the merge, which bounds the cost.
 */
final class ClusterOrder {
    private static final int PATIENCE = 4000;

    private final int[] parent;
    private final int[] position;
    /** The number of the last search that met each group, and the groups that the present one met. */
    private final int[] seen;
    private final int[] reached;
    private int searches;
    private final List<Set<Integer>> after = new ArrayList<>();
    private final List<Set<Integer>> before = new ArrayList<>();

    ClusterOrder(FusionGraph graph) {
        parent = new int[graph.size()];
        position = new int[graph.size()];
        seen = new int[graph.size()];
        reached = new int[graph.size()];
        for (int i = 0; i < graph.size(); i++) {
            parent[i] = i;
            position[i] = i;
            after.add(new HashSet<>());
            before.add(new HashSet<>());
            for (var input : graph.node(i).inputs()) {
                int producer = graph.producer(input);
                if (producer >= 0) {
                    after.get(producer).add(i);
                    before.get(i).add(producer);
                }
            }
        }
    }

    /** The group of a node, named by one of its nodes. */
    int group(int node) {
        int root = node;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    /** Where a group stands in the order. */
    int position(int node) {
        return position[group(node)];
    }

    /** Makes one group of two, if that leaves an order; the name of the merged group, or -1. */
    int merge(int a, int b) {
        int first = group(a);
        int last = group(b);
        if (position[first] > position[last]) {
            int swapped = first;
            first = last;
            last = swapped;
        }
        if (isFree(last, before, first, last)) {
            return unionAt(position[first], first, last);
        }
        if (isFree(first, after, first, last)) {
            return unionAt(position[last], first, last);
        }
        List<Integer> followers = reach(first, last, after, true);
        List<Integer> leaders = followers == null ? null : reach(last, first, before, false);
        if (followers == null || leaders == null) {
            return -1;
        }
        int merged = union(first, last);
        reorder(leaders, merged, followers, position[first], position[last]);
        return merged;
    }

    /** Whether no edge of a group leads to one strictly between two: the other can then be put at its place. */
    private boolean isFree(int group, List<Set<Integer>> edges, int first, int last) {
        for (int edge : edges.get(group)) {
            int place = position(edge);
            if (place > position[first] && place < position[last]) {
                return false;
            }
        }
        return true;
    }

    private int unionAt(int place, int first, int last) {
        int merged = union(first, last);
        position[merged] = place;
        return merged;
    }

    /** The groups strictly between two that can be reached from one; null if the other can be or it takes too long. */
    private @Nullable List<Integer> reach(int from, int to, List<Set<Integer>> edges, boolean forward) {
        searches++;
        reached[0] = from;
        int count = 1;
        int steps = 0;
        for (int i = 0; i < count; i++) {
            for (int edge : edges.get(reached[i])) {
                int next = group(edge);
                if (++steps > PATIENCE || next == to && i > 0) {
                    return null;
                }
                boolean between = forward ? position[next] < position[to] : position[next] > position[to];
                if (next != from && next != to && between && seen[next] != searches) {
                    seen[next] = searches;
                    reached[count++] = next;
                }
            }
        }
        return Arrays.stream(reached, 1, count).boxed().toList();
    }

    private int union(int a, int b) {
        boolean keepA = after.get(a).size() + before.get(a).size() >= after.get(b).size() + before.get(b).size();
        int root = keepA ? a : b;
        int other = keepA ? b : a;
        parent[other] = root;
        after.get(root).addAll(after.get(other));
        before.get(root).addAll(before.get(other));
        after.set(other, Set.of());
        before.set(other, Set.of());
        return root;
    }

    private void reorder(List<Integer> leaders, int merged, List<Integer> followers, int first, int last) {
        List<Integer> slots = new ArrayList<>(List.of(first, last));
        IntUnaryOperator place = group -> position[group];
        leaders.forEach(group -> slots.add(place.applyAsInt(group)));
        followers.forEach(group -> slots.add(place.applyAsInt(group)));
        slots.sort(null);
        List<Integer> ordered = new ArrayList<>(sorted(leaders));
        ordered.add(merged);
        List<Integer> behind = sorted(followers);
        for (int i = 0; i < ordered.size(); i++) {
            position[ordered.get(i)] = slots.get(i);
        }
        int offset = slots.size() - behind.size();
        for (int i = 0; i < behind.size(); i++) {
            position[behind.get(i)] = slots.get(offset + i);
        }
    }

    private List<Integer> sorted(Collection<Integer> groups) {
        return groups.stream().sorted(Comparator.comparingInt(group -> position[group])).toList();
    }
}
