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

/** Which results a node may write over one of its operands. */
final class InPlace {
    private InPlace() {}

    /**
     * Whether a result may share the bytes of one operand, when every operand with these bytes is listed by its root.
     *
     * @param root the value whose bytes would be overwritten
     */
    static boolean isSafe(Node node, Value output, Value root, Views views) {
        if (isElementwise(node, output)) {
            return node.inputs().stream().filter(input -> views.rootOf(input) == root)
                    .allMatch(input -> sameElements(input.type(), output.type()));
        }
        return replacesPart(node.op()) && views.rootOf(node.inputs().get(0)) == root
                && node.inputs().stream().filter(input -> views.rootOf(input) == root).count() == 1;
    }

    /** Whether each element of a result depends on the same element of every operand of its size only. */
    private static boolean isElementwise(Node node, Value output) {
        if (!(node.op() instanceof Fusion fusion)) {
            return isElementwisePrimitive(node.op());
        }
        return fusion.kind() == FusionKind.LOOP
                || fusion.kind() == FusionKind.COLUMN && !isReduction(fusion, node.outputs().indexOf(output));
    }

    private static boolean isReduction(Fusion fusion, int result) {
        Program body = fusion.body();
        return body.producers().get(body.results().get(result)).op() instanceof Reduce;
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
