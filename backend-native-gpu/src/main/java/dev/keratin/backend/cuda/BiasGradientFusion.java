package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lets a library compute the gradient of a bias within the product that computes the gradient of the weights: both read the
 * gradient of the layer's sums.
 */
final class BiasGradientFusion {
    private final Program program;
    private final Uses uses;
    private final ProgramCopy copy;
    private final Map<Node, Integer> positions = new HashMap<>();
    /** By the first of its two nodes. */
    private final Map<Node, Pair> pairs = new HashMap<>();
    private final Set<Node> replaced = new HashSet<>();

    /** A product with transposed first operand, and the sums over the rows of its second one. */
    private record Pair(Node product, Node sum, Program body) {}

    private BiasGradientFusion(Program program) {
        this.program = program;
        this.uses = new Uses(program);
        this.copy = new ProgramCopy(program);
        program.nodes().forEach(node -> positions.put(node, positions.size()));
    }

    /** A program that computes the same; the same object if there is nothing for the library. */
    static Program run(Program program, GpuDriver driver) {
        if (program.nodes().stream().noneMatch(node -> isWeightGradient(node) && isUsual(node.output()))) {
            return program;
        }
        BiasGradientFusion fusion = new BiasGradientFusion(program);
        fusion.find(driver);
        return fusion.pairs.isEmpty() ? program : fusion.copy.run(fusion::replace);
    }

    private static boolean isWeightGradient(Node node) {
        return node.op().equals(new MatMul(true, false)) && node.inputs().stream().allMatch(value -> value.type().shape().rank() == 2);
    }

    /** Whether libraries fuse a type, and there is something to compute. */
    private static boolean isUsual(Value value) {
        DType dtype = value.type().dtype();
        return dtype.isFloating() && dtype != DType.FLOAT64 && value.type().shape().size() > 0;
    }

    private void find(GpuDriver driver) {
        Map<Value, Node> sums = new HashMap<>();
        program.nodes().stream().filter(BiasGradientFusion::isSumOverRows).forEach(node -> sums.put(root(node.inputs().get(0)), node));
        for (Node node : program.nodes()) {
            Node sum = isWeightGradient(node) && isUsual(node.output()) ? sums.get(root(node.inputs().get(1))) : null;
            if (sum != null && sum.output().type().shape().dim(0) == node.output().type().shape().dim(1)) {
                Pair pair = new Pair(node, sum, ProductBody.sums(node.inputs().get(0).type(), node.inputs().get(1).type()));
                if (isComputable(pair) && ProductBody.call(pair.body, driver).isPresent()) {
                    pairs.put(first(pair), pair);
                    replaced.addAll(List.of(node, sum));
                    sums.remove(root(node.inputs().get(1)));
                }
            }
        }
    }

    private static boolean isSumOverRows(Node node) {
        return node.op() instanceof Reduce reduce && reduce.kind() == ReduceKind.SUM && !reduce.keepDims()
                && node.output().type().shape().rank() == 1
                && reduce.axes().equals(IntStream.range(0, node.inputs().get(0).type().shape().rank() - 1).boxed().toList());
    }

    /** The value that a value is under another shape. */
    private Value root(Value value) {
        Node node = uses.producer(value);
        return node != null && node.op() instanceof Reshape ? root(node.inputs().get(0)) : value;
    }

    private Node first(Pair pair) {
        return positions.get(pair.product) < positions.get(pair.sum) ? pair.product : pair.sum;
    }

    /** Whether all operands are there when the first of both nodes is computed. */
    private boolean isComputable(Pair pair) {
        Node input = uses.producer(root(pair.product.inputs().get(0)));
        return input == null || positions.get(input) < positions.get(first(pair));
    }

    private boolean replace(Node node) {
        Pair pair = pairs.get(node);
        if (pair != null) {
            List<Value> results = copy.routine(pair.body, pair.product.inputs().stream().map(this::operand).toList());
            copy.put(pair.product.output(), results.get(0));
            copy.put(pair.sum.output(), results.get(1));
        }
        return replaced.contains(node);
    }

    private Value operand(Value value) {
        return copy.of(root(value), value.type().shape());
    }
}
