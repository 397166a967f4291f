package dev.keratin.backend.compiler;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Which results a node may write over one of its operands.
 *
 * @param replaced which operands of an EPILOGUE fusion the backend can write its result over
 */
record InPlace(BiPredicate<Node, Value> replaced) {

    /**
     * Whether a result may share the bytes of one operand, when every operand with these bytes is listed by its root.
     *
     * @param root the value whose bytes would be overwritten
     */
    boolean isSafe(Node node, Value output, Value root, Views views) {
        if (isElementwise(node) || isColumn(node)) {
            return IntStream.range(0, node.inputs().size()).filter(i -> views.rootOf(node.inputs().get(i)) == root)
                    .allMatch(i -> sameElements(node.inputs().get(i).type(), output.type())
                            && (!isColumn(node) || isReadWithResult(node, i, node.outputs().indexOf(output))));
        }
        List<Value> same = node.inputs().stream().filter(input -> views.rootOf(input) == root).toList();
        if (isEpilogue(node)) {
            return same.size() == 1 && same.get(0).type().equals(output.type()) && replaced.test(node, same.get(0));
        }
        return replacesPart(node.op()) && views.rootOf(node.inputs().get(0)) == root && same.size() == 1;
    }

    private static boolean isEpilogue(Node node) {
        return node.op() instanceof Fusion fusion && fusion.kind() == FusionKind.EPILOGUE;
    }

    /** Whether each element of a result depends on the same element of every operand of its size only. */
    private static boolean isElementwise(Node node) {
        return node.op() instanceof Fusion fusion ? fusion.kind() == FusionKind.LOOP : isElementwisePrimitive(node.op());
    }

    private static boolean isColumn(Node node) {
        return node.op() instanceof Fusion fusion && fusion.kind() == FusionKind.COLUMN;
    }

    /** Whether only what has the shape of a COLUMN's result reads an operand, and the result is none of the reductions. */
    private static boolean isReadWithResult(Node node, int input, int output) {
        Program body = ((Fusion) node.op()).body();
        Value result = body.results().get(output);
        Value operand = body.parameters().get(input);
        return !(body.producers().get(result).op() instanceof Reduce)
                && body.nodes().stream().filter(inner -> inner.inputs().contains(operand)).allMatch(inner ->
                        (inner.op() instanceof Reduce ? operand : inner.output()).type().shape().equals(result.type().shape()));
    }

    /** Whether an op is one of those that fusions are made of. */
    static boolean isElementwisePrimitive(Op op) {
        return op instanceof Unary || op instanceof Binary || op instanceof Compare || op instanceof Select
                || op instanceof Cast;
    }

    private static boolean replacesPart(Op op) {
        return op instanceof DynamicUpdateSlice || op instanceof ScatterNd || op instanceof ScatterElements;
    }

    private static boolean sameElements(TensorType a, TensorType b) {
        return a.shape().size() == b.shape().size() && a.dtype().byteSize() == b.dtype().byteSize();
    }
}
