package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Reorders nodes. First come those that can fail and what they need, in their order. Then the order is kept too, except
 * that a node that takes next to no memory, or frees at least what it takes, runs as soon as it can (so an optimizer's
 * update follows its gradient), what depends on parameters and constants only runs just before its first reader, and an
 * update waits for the readers of the parameter's old content, so that it can be done in place.
 */
final class Schedule {
    /** Bytes that count as nothing: scalars that many nodes wait for should not be put off. */
    private static final long SMALL = 256;

    private final Program program;
    private final FusionGraph graph;
    private final Views views;
    private final double[] keys;
    private final int[] missing;
    private final int[] waits;
    private final boolean[] done;
    private final List<List<Value>> roots = new ArrayList<>();
    private final Map<Value, List<Integer>> readers = new HashMap<>();
    private final int[] left;
    private final Map<Integer, Set<Integer>> updatesThatWaitFor = new HashMap<>();
    private final List<Node> ordered = new ArrayList<>();
    private final PriorityQueue<Integer> ready;
    private final PriorityQueue<Integer> freeing;
    private final PriorityQueue<Integer> held;

    private Schedule(Program program) {
        this.program = program;
        this.graph = new FusionGraph(program);
        this.views = new Views(program);
        this.keys = new double[graph.size()];
        this.missing = new int[graph.size()];
        this.waits = new int[graph.size()];
        this.done = new boolean[graph.size()];
        this.left = new int[program.ids()];
        Comparator<Integer> order = Comparator.<Integer>comparingDouble(i -> keys[i]).thenComparingInt(i -> i);
        this.ready = new PriorityQueue<>(order);
        this.freeing = new PriorityQueue<>(order);
        this.held = new PriorityQueue<>(order);
        noteReaders();
        noteUpdates();
        setKeys();
    }

    static Program run(Program program) {
        return new Schedule(program).schedule();
    }

    private void noteReaders() {
        for (int i = 0; i < graph.size(); i++) {
            Node node = graph.node(i);
            node.outputs().forEach(output -> graph.consumers(output).forEach(reader -> missing[reader]++));
            roots.add(Views.isView(node.op()) ? List.of() : rootsOf(node.inputs()));
            for (Value root : roots.get(i)) {
                readers.computeIfAbsent(root, value -> new ArrayList<>()).add(i);
                left[root.id()]++;
            }
        }
    }

    /** The values whose bytes some operands are, each once. */
    private List<Value> rootsOf(List<Value> inputs) {
        List<Value> found = new ArrayList<>(inputs.size());
        for (Value input : inputs) {
            Value root = views.rootOf(input);
            if (!found.contains(root)) {
                found.add(root);
            }
        }
        return found;
    }

    private void noteUpdates() {
        for (Program.Update update : program.updates()) {
            int producer = graph.producer(views.rootOf(update.value()));
            Value old = program.parameters().get(update.parameter());
            for (int reader : producer < 0 ? List.<Integer>of() : readers.getOrDefault(old, List.of())) {
                if (reader != producer && updatesThatWaitFor.computeIfAbsent(reader, i -> new HashSet<>()).add(producer)) {
                    waits[producer]++;
                }
            }
        }
    }

    private void setKeys() {
        for (int i = graph.size() - 1; i >= 0; i--) {
            Node node = graph.node(i);
            keys[i] = i;
            boolean postponed = node.inputs().stream().allMatch(input -> isGiven(views.rootOf(input)))
                    && node.outputs().stream().noneMatch(graph::escapes);
            if (postponed) {
                keys[i] = node.outputs().stream().flatMap(output -> graph.consumers(output).stream())
                        .mapToDouble(reader -> keys[reader]).min().orElse(i);
            }
        }
    }

    private boolean isGiven(Value root) {
        int producer = graph.producer(root);
        return producer < 0 || graph.node(producer).op() instanceof Constant;
    }

    private Program schedule() {
        for (int i = 0; i < graph.size(); i++) {
            if (graph.isNeededByFailures(i)) {
                place(i);
            }
        }
        for (int i = 0; i < graph.size(); i++) {
            if (missing[i] == 0 && !done[i]) {
                offer(i);
            }
        }
        while (ordered.size() < graph.size()) {
            Integer next = !freeing.isEmpty() ? freeing.poll() : !ready.isEmpty() ? ready.poll() : held.poll();
            if (!done[next]) {
                place(next);
            }
        }
        return write();
    }

    private void offer(int index) {
        if (waits[index] > 0) {
            held.add(index);
        } else {
            ready.add(index);
            offerIfFreeing(index);
        }
    }

    private void offerIfFreeing(int index) {
        if (!done[index] && missing[index] == 0 && waits[index] == 0 && balance(index) <= SMALL) {
            freeing.add(index);
        }
    }

    /** Bytes taken from the arena less bytes given back to it. */
    private long balance(int index) {
        Node node = graph.node(index);
        if (Views.isView(node.op()) || node.op() instanceof Constant) {
            return node.op() instanceof Constant ? SMALL + 1 : 0;
        }
        long taken = 0;
        for (Value output : node.outputs()) {
            taken += graph.escapes(output) ? 0 : output.type().byteSize();
        }
        for (Value root : roots.get(index)) {
            taken -= diesNext(root) ? root.type().byteSize() : 0;
        }
        return taken;
    }

    private boolean diesNext(Value root) {
        return left[root.id()] == 1 && !isGiven(root) && !graph.escapes(root);
    }

    private void place(int index) {
        Node node = graph.node(index);
        done[index] = true;
        ordered.add(node);
        for (Value output : node.outputs()) {
            for (int reader : graph.consumers(output)) {
                if (--missing[reader] == 0 && !graph.isNeededByFailures(reader)) {
                    offer(reader);
                }
            }
        }
        for (int update : updatesThatWaitFor.getOrDefault(index, Set.of())) {
            if (--waits[update] == 0 && missing[update] == 0 && !done[update]) {
                offer(update);
            }
        }
        roots.get(index).forEach(this::forgetReader);
    }

    /** The last reader of a value may now be one that frees memory. */
    private void forgetReader(Value root) {
        if (--left[root.id()] == 1) {
            readers.get(root).stream().filter(reader -> !done[reader]).forEach(this::offerIfFreeing);
        }
    }

    private Program write() {
        if (ordered.equals(program.nodes())) {
            return program;
        }
        ProgramBuilder builder = new ProgramBuilder();
        Map<Value, Value> copies = new HashMap<>();
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        ordered.forEach(node -> builder.copyNode(node, copies));
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return builder.build(program.results().stream().map(copies::get).toList());
    }
}
