package dev.keratin.backend.reference;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import java.util.List;

/** Ops that take or change elements in positions given by a tensor of indices. */
final class Indexing {
    private Indexing() {}

    static void register(Kernels kernels) {
        kernels.single(Gather.class, Indexing::gather);
        kernels.single(GatherNd.class, (op, x, result) -> x.get(0).pick(result.shape(), tuples(op, x.get(0), x.get(1))));
        kernels.single(GatherElements.class, (op, x, result) ->
                x.get(0).pick(result.shape(), along(op, x.get(0), x.get(1), op.axis())));
        kernels.single(ScatterNd.class, (op, x, result) ->
                scatter(op.kind(), x.get(0), tuples(op, x.get(0), x.get(1)), x.get(2)));
        kernels.single(ScatterElements.class, (op, x, result) ->
                scatter(op.kind(), x.get(0), along(op, x.get(0), x.get(1), op.axis()), x.get(2)));
    }

    private static Tensor gather(Gather op, List<Tensor> operands, TensorType result) {
        Tensor x = operands.get(0);
        Tensor indices = operands.get(1);
        int outer = (int) x.shape().subShape(0, op.axis()).size();
        int inner = (int) x.shape().subShape(op.axis() + 1, x.shape().rank()).size();
        int length = x.dim(op.axis());
        int[] offsets = new int[Math.toIntExact(result.shape().size())];
        for (int i = 0; i < indices.size(); i++) {
            int index = checked(op, "", indices.longs, i, length);
            for (int before = 0; before < outer; before++) {
                for (int after = 0; after < inner; after++) {
                    offsets[(before * indices.size() + i) * inner + after] = (before * length + index) * inner + after;
                }
            }
        }
        return x.pick(result.shape(), offsets);
    }

    /** The offsets that tuples along the last axis of the indices select, with the slices below them. */
    private static int[] tuples(Op op, Tensor x, Tensor indices) {
        int tuple = indices.dim(-1);
        int slice = (int) x.shape().subShape(tuple, x.shape().rank()).size();
        int count = (int) indices.shape().remove(-1).size();
        long[] strides = x.shape().strides();
        int[] offsets = new int[Math.multiplyExact(count, slice)];
        for (int i = 0; i < count; i++) {
            int start = 0;
            for (int axis = 0; axis < tuple; axis++) {
                start += checked(op, " on axis " + axis, indices.longs, i * tuple + axis, x.dim(axis)) * (int) strides[axis];
            }
            for (int j = 0; j < slice; j++) {
                offsets[i * slice + j] = start + j;
            }
        }
        return offsets;
    }

    /** The offsets that indices select along an axis, each at its own place on the other axes. */
    private static int[] along(Op op, Tensor x, Tensor indices, int axis) {
        long[] strides = x.shape().strides();
        int step = (int) strides[axis];
        strides[axis] = 0;
        int[] offsets = Offsets.of(indices.shape(), strides, 0);
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] += checked(op, "", indices.longs, i, x.dim(axis)) * step;
        }
        return offsets;
    }

    private static int checked(Op op, String where, long[] indices, int position, int length) {
        long index = indices[position];
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(op.label() + ": index from 0 to " + (length - 1) + where
                    + " is required. Received: " + index + " at position " + position
                    + ". Correct the indices or take an axis that is long enough.");
        }
        return (int) index;
    }

    private static Tensor scatter(ScatterKind kind, Tensor x, int[] offsets, Tensor updates) {
        return x.isFloating()
                ? Tensor.ofDoubles(x.type, scatter(kind, x.doubles.clone(), offsets, updates.doubles))
                : Tensor.ofLongs(x.type, scatter(kind, x.longs.clone(), offsets, updates.longs));
    }

    private static double[] scatter(ScatterKind kind, double[] x, int[] offsets, double[] updates) {
        for (int i = 0; i < offsets.length; i++) {
            double old = x[offsets[i]];
            x[offsets[i]] = switch (kind) {
                case SET -> updates[i];
                case ADD -> old + updates[i];
                case MUL -> old * updates[i];
                case MAX -> Math.max(old, updates[i]);
                case MIN -> Math.min(old, updates[i]);
            };
        }
        return x;
    }

    private static long[] scatter(ScatterKind kind, long[] x, int[] offsets, long[] updates) {
        for (int i = 0; i < offsets.length; i++) {
            long old = x[offsets[i]];
            x[offsets[i]] = switch (kind) {
                case SET -> updates[i];
                case ADD -> old + updates[i];
                case MUL -> old * updates[i];
                case MAX -> Math.max(old, updates[i]);
                case MIN -> Math.min(old, updates[i]);
            };
        }
        return x;
    }
}
