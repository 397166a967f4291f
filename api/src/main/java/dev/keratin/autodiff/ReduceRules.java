package dev.keratin.autodiff;

import static dev.keratin.Ops.apply;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gradients of reductions and cumulative ops. */
final class ReduceRules {
    private ReduceRules() {}

    static List<@Nullable Tensor> reduce(Reduce op, Application use) {
        Tensor x = use.input(0);
        return Rules.one(switch (op.kind()) {
            case SUM -> stretch(op, x, use.gradient());
            case MAX, MIN -> extremum(op, x, use);
            case PROD -> product(op, x, use.gradient());
            case ALL, ANY -> null;
        });
    }

    /** What was reduced, repeated along the reduced axes. */
    private static Tensor stretch(Reduce op, Tensor x, Tensor reduced) {
        Shape kept = x.shape();
        for (int axis : op.axes()) {
            kept = kept.with(axis, 1);
        }
        Tensor aligned = reduced.shape().equals(kept) ? reduced : apply(new Reshape(kept), reduced);
        return apply(new Broadcast(x.shape()), aligned);
    }

    /** Elements that tie share the gradient evenly. */
    private static Tensor extremum(Reduce op, Tensor x, Application use) {
        Tensor chosen = Ops.cast(Ops.equal(x, stretch(op, x, use.output())), x.dtype());
        Tensor count = apply(new Reduce(ReduceKind.SUM, op.axes(), op.keepDims()), chosen);
        return Ops.multiply(chosen, stretch(op, x, Ops.divide(use.gradient(), count)));
    }

    /** The product of all others, right also where elements are 0: those before times those after. */
    private static Tensor product(Reduce op, Tensor x, Tensor gradient) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, x.rank())
                .filter(axis -> !op.axes().contains(axis)).boxed().toList());
        order.addAll(op.axes());
        Tensor turned = apply(new Transpose(order), x);
        int kept = x.rank() - op.axes().size();
        Shape flat = turned.shape().subShape(0, kept)
                .concat(Shape.of(turned.shape().subShape(kept, x.rank()).size()));
        Tensor rows = apply(new Reshape(flat), turned);
        Tensor others = Ops.multiply(before(rows, kept, false), before(rows, kept, true));
        Tensor back = apply(new Reshape(turned.shape()), others);
        List<Integer> inverse = IntStream.range(0, x.rank()).map(order::indexOf).boxed().toList();
        return Ops.multiply(stretch(op, x, gradient), apply(new Transpose(inverse), back));
    }

    private static Tensor before(Tensor rows, int axis, boolean reverse) {
        Tensor running = apply(new Cumulative(CumulativeKind.PROD, axis, reverse), rows);
        long length = rows.shape().dim(axis);
        Tensor one = Ops.full(rows.shape().with(axis, Math.min(1, length)), 1, rows.dtype());
        Tensor others = ShapeRules.part(running, axis, reverse ? Math.min(1, length) : 0, Math.max(0, length - 1));
        return apply(new Concat(axis), reverse ? new Tensor[] {others, one} : new Tensor[] {one, others});
    }

    static List<@Nullable Tensor> cumulative(Cumulative op, Application use) {
        Tensor x = use.input(0);
        Tensor g = use.gradient();
        return Rules.one(switch (op.kind()) {
            case SUM -> apply(new Cumulative(CumulativeKind.SUM, op.axis(), !op.reverse()), g);
            case PROD -> Ops.divide(
                    apply(new Cumulative(CumulativeKind.SUM, op.axis(), !op.reverse()), Ops.multiply(g, use.output())), x);
            case MAX, MIN -> running(op, x, use.output(), g);
        });
    }

    /** Each output passes its gradient to the element that set the record: its position is the latest record's. */
    private static Tensor running(Cumulative op, Tensor x, Tensor y, Tensor g) {
        int axis = op.axis();
        Tensor position = apply(new dev.keratin.backend.ir.Iota(x.type().withDType(DType.INT32), axis));
        Tensor previous = shifted(y, axis, op.reverse());
        Tensor isRecord = first(position, x, axis, op.reverse(), Ops.notEqual(y, previous));
        int outside = op.reverse() ? (int) x.shape().dim(axis) : -1;
        Tensor marks = Ops.where(isRecord, position, Ops.full(x.shape(), outside, DType.INT32));
        CumulativeKind latest = op.reverse() ? CumulativeKind.MIN : CumulativeKind.MAX;
        Tensor owner = apply(new Cumulative(latest, axis, op.reverse()), marks);
        return apply(new dev.keratin.backend.ir.ScatterElements(axis, dev.keratin.backend.ir.ScatterKind.ADD),
                Application.zeros(x), owner, g);
    }

    private static Tensor shifted(Tensor y, int axis, boolean reverse) {
        long length = y.shape().dim(axis);
        Tensor edge = ShapeRules.part(y, axis, reverse ? length - 1 : 0, 1);
        Tensor rest = ShapeRules.part(y, axis, reverse ? 1 : 0, length - 1);
        return apply(new Concat(axis), reverse ? new Tensor[] {rest, edge} : new Tensor[] {edge, rest});
    }

    private static Tensor first(Tensor position, Tensor x, int axis, boolean reverse, Tensor changed) {
        double start = reverse ? x.shape().dim(axis) - 1 : 0;
        return Ops.logicalOr(Ops.equal(position, start), changed);
    }
}
