package dev.keratin.models;

import dev.keratin.GraphNode;
import dev.keratin.Operation;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The calls between some symbolic inputs and outputs, in an order that can be run, and the operations in Keras's order:
 * the farthest from the outputs first, those equally far in the order in which a walk from the outputs meets them.
 */
final class Graph {
    private final List<SymbolicTensor> inputs;
    private final List<SymbolicTensor> outputs;
    private final List<GraphNode> nodes = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    Graph(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        Walk walk = new Walk();
        outputs.forEach(output -> walk.visit(output.source()));
        nodes.addAll(walk.finished);
        requireConnected(walk);
        order(walk);
    }

    /** The calls in an order in which each comes after what it needs. */
    List<GraphNode> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** What is called, each once, in Keras's order. */
    List<Operation> operations() {
        return Collections.unmodifiableList(operations);
    }

    /** Runs all calls on actual tensors. */
    List<Tensor> run(List<Tensor> arguments, boolean training) {
        Map<Tensor, Tensor> values = new IdentityHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(inputs.get(i), arguments.get(i));
        }
        for (GraphNode node : nodes) {
            if (!node.outputs().stream().allMatch(values::containsKey)) {
                List<Tensor> operands = node.inputs().stream()
                        .map(input -> input.isSymbolic() ? values.get(input) : input).toList();
                List<Tensor> results = node.operation().replay(operands, training, node.flags());
                for (int i = 0; i < results.size(); i++) {
                    values.put(node.outputs().get(i), results.get(i));
                }
            }
        }
        return outputs.stream().map(values::get).toList();
    }

    /** A walk from the outputs to the inputs. */
    private final class Walk {
        private final Set<GraphNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Map<Operation, Integer> firstMet = new IdentityHashMap<>();
        private final List<GraphNode> finished = new ArrayList<>();

        void visit(GraphNode node) {
            if (!seen.add(node)) {
                return;
            }
            firstMet.putIfAbsent(node.operation(), firstMet.size());
            if (!isInput(node)) {
                for (Tensor input : node.inputs()) {
                    if (input instanceof SymbolicTensor symbolic) {
                        visit(symbolic.source());
                    }
                }
            }
            finished.add(node);
        }
    }

    private boolean isInput(GraphNode node) {
        return inputs.stream().anyMatch(input -> input.source() == node);
    }

    private void requireConnected(Walk walk) {
        for (GraphNode node : walk.finished) {
            if (node.inputs().isEmpty() && !isInput(node)) {
                throw new IllegalArgumentException("model: every input that the outputs depend on is required. Received: "
                        + inputs + ", but an output depends on " + node.outputs().get(0) + ". Add it to the inputs.");
            }
        }
    }

    private void order(Walk walk) {
        Map<GraphNode, Integer> nodeDepths = new IdentityHashMap<>();
        Map<Operation, Integer> depths = new IdentityHashMap<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            GraphNode node = nodes.get(i);
            int depth = Math.max(nodeDepths.getOrDefault(node, 0), depths.getOrDefault(node.operation(), 0));
            depths.put(node.operation(), depth);
            nodeDepths.put(node, depth);
            for (Tensor input : isInput(node) ? List.<Tensor>of() : node.inputs()) {
                if (input instanceof SymbolicTensor symbolic) {
                    nodeDepths.merge(symbolic.source(), depth + 1, Math::max);
                }
            }
        }
        for (int i = 0; i < inputs.size(); i++) {
            Operation unused = inputs.get(i).source().operation();
            if (depths.putIfAbsent(unused, 0) == null) {
                walk.firstMet.put(unused, i - inputs.size());
            }
        }
        Map<Integer, List<Operation>> byDepth = new TreeMap<>(Comparator.reverseOrder());
        depths.forEach((operation, depth) -> byDepth.computeIfAbsent(depth, key -> new ArrayList<>()).add(operation));
        byDepth.values().forEach(level -> {
            level.sort(Comparator.comparing(walk.firstMet::get));
            operations.addAll(level);
        });
    }
}
