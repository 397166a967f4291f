package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gradients of ops that move elements. */
final class ShapeRules {
    private ShapeRules() {}

    static List<@Nullable Tensor> slice(Slice op, Application use) {
        Tensor x = use.input(0);
        Tensor g = use.gradient();
        if (g.size() == 0) {
            return Rules.one(Application.zeros(x));
        }
        List<Long> highs = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            long covered = (g.shape().dim(axis) - 1) * op.strides().get(axis) + 1;
            highs.add(x.shape().dim(axis) - op.starts().get(axis) - covered);
        }
        List<Long> interiors = op.strides().stream().map(stride -> stride - 1).toList();
        return Rules.one(Ops.apply(new Pad(op.starts(), highs, interiors), g, Ops.scalar(g.dtype(), 0)));
    }

    static List<@Nullable Tensor> dynamicSlice(DynamicSlice op, Application use) {
        Tensor zeros = Application.zeros(use.input(0));
        return Arrays.asList(Ops.apply(new DynamicUpdateSlice(), zeros, use.gradient(), use.input(1)), null);
    }

    static List<@Nullable Tensor> dynamicUpdateSlice(DynamicUpdateSlice op, Application use) {
        Tensor g = use.gradient();
        Tensor update = use.input(1);
        Tensor starts = use.input(2);
        return Arrays.asList(
                use.needs(0) ? Ops.apply(op, g, Application.zeros(update), starts) : null,
                use.needs(1) ? Ops.apply(new DynamicSlice(update.shape()), g, starts) : null,
                null);
    }

    static List<@Nullable Tensor> pad(Pad op, Application use) {
        Tensor x = use.input(0);
        Tensor g = use.gradient();
        List<Long> limits = new ArrayList<>();
        List<Long> strides = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            long step = op.interiors().get(axis) + 1;
            long length = x.shape().dim(axis);
            limits.add(op.lows().get(axis) + (length == 0 ? 0 : (length - 1) * step + 1));
            strides.add(step);
        }
        Tensor inner = Ops.apply(new Slice(op.lows(), limits, strides), g);
        return Arrays.asList(inner, use.needs(1) ? Ops.subtract(Ops.sum(g), Ops.sum(inner)) : null);
    }

    static List<@Nullable Tensor> concat(Concat op, Application use) {
        Tensor g = use.gradient();
        List<@Nullable Tensor> parts = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < use.inputs().size(); i++) {
            long length = use.input(i).shape().dim(op.axis());
            parts.add(use.needs(i) ? part(g, op.axis(), start, length) : null);
            start += length;
        }
        return parts;
    }

    /** The elements from start on along an axis. */
    static Tensor part(Tensor x, int axis, long start, long length) {
        List<Long> starts = new ArrayList<>(java.util.Collections.nCopies(x.rank(), 0L));
        List<Long> limits = new ArrayList<>(x.shape().toList());
        starts.set(axis, start);
        limits.set(axis, start + length);
        return Ops.apply(new Slice(starts, limits, java.util.Collections.nCopies(x.rank(), 1L)), x);
    }
}
