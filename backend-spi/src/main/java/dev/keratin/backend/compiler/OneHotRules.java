package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element per line scattered into zeros, as the gradient of picking it, is a choice by comparison with the index:
 * elementwise, so it fuses. Only for indices that an earlier node has checked.
 */
final class OneHotRules implements Rewriter.Rule {
    private final IndexChecks checks = new IndexChecks();

    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        return op instanceof ScatterElements scatter && isOneHot(graph, scatter, inputs) && checks.isSure(op, inputs)
                ? List.of(choose(graph, scatter.axis(), inputs)) : null;
    }

    @Override
    public void added(Node node) {
        checks.add(node);
    }

    private static boolean isOneHot(Rewriter graph, ScatterElements scatter, List<Value> inputs) {
        Literal zero = graph.splat(inputs.get(0));
        return zero != null && zero.doubleAt(0) == 0 && inputs.get(1).type().shape().dim(scatter.axis()) == 1
                && (scatter.kind() == ScatterKind.ADD || scatter.kind() == ScatterKind.SET);
    }

    private static Value choose(Rewriter graph, int axis, List<Value> inputs) {
        TensorType type = inputs.get(0).type();
        TensorType count = type.withDType(inputs.get(1).type().dtype());
        Value here = graph.emit(new Compare(CompareKind.EQ), inputs.get(1), graph.emit(new Iota(count, axis)));
        Value zero = graph.splat(type.withShape(Shape.scalar()), 0);
        return graph.emit(new Select(), here, inputs.get(2), zero);
    }
}
