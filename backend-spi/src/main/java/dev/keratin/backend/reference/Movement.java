package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Transpose;
import java.util.List;

/** Ops that place elements elsewhere, in positions known before or given as the start of a block. */
final class Movement {
    private Movement() {}

    static void register(Kernels kernels) {
        kernels.single(Broadcast.class, (op, x, result) -> x.get(0).stretched(result.shape()));
        kernels.single(Reshape.class, (op, x, result) -> x.get(0).withShape(result.shape()));
        kernels.single(Transpose.class, Movement::transpose);
        kernels.single(Slice.class, Movement::slice);
        kernels.single(Reverse.class, Movement::reverse);
        kernels.single(Pad.class, Movement::pad);
        kernels.single(Concat.class, Movement::concat);
        kernels.single(DynamicSlice.class, (op, x, result) -> x.get(0).pick(result.shape(),
                block(x.get(0).shape(), result.shape(), x.get(1).longs)));
        kernels.single(DynamicUpdateSlice.class, (op, x, result) -> x.get(0).put(
                block(x.get(0).shape(), x.get(1).shape(), x.get(2).longs), x.get(1)));
    }

    private static Tensor transpose(Transpose op, List<Tensor> operands, TensorType result) {
        long[] source = operands.get(0).shape().strides();
        long[] strides = op.permutation().stream().mapToLong(axis -> source[axis]).toArray();
        return operands.get(0).pick(result.shape(), Offsets.of(result.shape(), strides, 0));
    }

    private static Tensor slice(Slice op, List<Tensor> operands, TensorType result) {
        long[] strides = operands.get(0).shape().strides();
        long start = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            start += op.starts().get(axis) * strides[axis];
            strides[axis] *= op.strides().get(axis);
        }
        return operands.get(0).pick(result.shape(), Offsets.of(result.shape(), strides, start));
    }

    private static Tensor reverse(Reverse op, List<Tensor> operands, TensorType result) {
        long[] strides = result.shape().strides();
        long start = 0;
        for (int axis : op.axes()) {
            start += (result.shape().dim(axis) - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        return operands.get(0).pick(result.shape(), Offsets.of(result.shape(), strides, start));
    }

    private static Tensor pad(Pad op, List<Tensor> operands, TensorType result) {
        long[] strides = result.shape().strides();
        long start = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            start += op.lows().get(axis) * strides[axis];
            strides[axis] *= op.interiors().get(axis) + 1;
        }
        int[] offsets = Offsets.of(operands.get(0).shape(), strides, start);
        Tensor padded = operands.get(1).filled(result.shape());
        padded.place(offsets, operands.get(0));
        return padded;
    }

    private static Tensor concat(Concat op, List<Tensor> operands, TensorType result) {
        long[] strides = result.shape().strides();
        Tensor whole = Tensor.zeros(result);
        long start = 0;
        for (Tensor part : operands) {
            whole.place(Offsets.of(part.shape(), strides, start), part);
            start += part.dim(op.axis()) * strides[op.axis()];
        }
        return whole;
    }

    /** Where the elements of a block are in the whole, its start moved so that it lies inside. */
    private static int[] block(Shape whole, Shape block, long[] starts) {
        long[] strides = whole.strides();
        long start = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            long last = whole.dim(axis) - block.dim(axis);
            start += Math.max(0, Math.min(starts[axis], last)) * strides[axis];
        }
        return Offsets.of(block, strides, start);
    }
}
