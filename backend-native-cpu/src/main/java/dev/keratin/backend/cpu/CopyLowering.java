package dev.keratin.backend.cpu;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Value;
import java.util.Arrays;

/** Writes ops that only move elements, as copies between strided views. */
final class CopyLowering {
    private CopyLowering() {}

    /**
     * A view of the elements of a value.
     *
     * @param strides elements between neighbours along each axis
     * @param offset elements before the first one
     */
    private record View(Value value, long[] strides, long offset) {
        static View dense(Value value) {
            return new View(value, value.type().shape().strides(), 0);
        }
    }

    /** All bytes of the operand as they are. */
    static void copy(Node node, Code code) {
        code.begin(Opcode.COPY, node).slot(node.inputs().get(0)).slot(node.output())
                .word(node.output().type().byteSize()).end();
    }

    static void transpose(Node node, Code code) {
        Value x = node.inputs().get(0);
        long[] dense = x.type().shape().strides();
        long[] strides = ((Transpose) node.op()).permutation().stream().mapToLong(axis -> dense[axis]).toArray();
        strided(node, code, node.output().type().shape(), new View(x, strides, 0), View.dense(node.output()));
    }

    static void slice(Node node, Code code) {
        Slice slice = (Slice) node.op();
        Value x = node.inputs().get(0);
        long[] strides = x.type().shape().strides();
        long offset = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            offset += slice.starts().get(axis) * strides[axis];
            strides[axis] *= slice.strides().get(axis);
        }
        strided(node, code, node.output().type().shape(), new View(x, strides, offset), View.dense(node.output()));
    }

    static void broadcast(Node node, Code code) {
        Shape to = ((Broadcast) node.op()).to();
        Value x = node.inputs().get(0);
        Shape from = x.type().shape();
        long[] strides = new long[to.rank()];
        int missing = to.rank() - from.rank();
        for (int axis = missing; axis < strides.length; axis++) {
            strides[axis] = from.dim(axis - missing) == to.dim(axis) ? from.strides()[axis - missing] : 0;
        }
        strided(node, code, to, new View(x, strides, 0), View.dense(node.output()));
    }

    static void reverse(Node node, Code code) {
        Value x = node.inputs().get(0);
        Shape shape = x.type().shape();
        long[] strides = shape.strides();
        long offset = 0;
        for (int axis : ((Reverse) node.op()).axes()) {
            offset += Math.max(0, shape.dim(axis) - 1) * strides[axis];
            strides[axis] = -strides[axis];
        }
        strided(node, code, shape, new View(x, strides, offset), View.dense(node.output()));
    }

    static void concat(Node node, Code code) {
        int axis = ((Concat) node.op()).axis();
        long[] strides = node.output().type().shape().strides();
        long start = 0;
        for (Value x : node.inputs()) {
            strided(node, code, x.type().shape(), View.dense(x), new View(node.output(), strides, start * strides[axis]));
            start += x.type().shape().dim(axis);
        }
    }

    static void pad(Node node, Code code) {
        Pad pad = (Pad) node.op();
        Value x = node.inputs().get(0);
        long[] strides = node.output().type().shape().strides();
        long offset = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            offset += pad.lows().get(axis) * strides[axis];
            strides[axis] *= pad.interiors().get(axis) + 1;
        }
        TensorType type = node.output().type();
        code.begin(Opcode.FILL, node).word(type.dtype().byteSize()).slot(node.inputs().get(1)).slot(node.output())
                .word(type.shape().size()).end();
        strided(node, code, x.type().shape(), View.dense(x), new View(node.output(), strides, offset));
    }

    static void dynamicSlice(Node node, Code code) {
        Value x = node.inputs().get(0);
        Shape sizes = node.output().type().shape();
        begin(node, code, sizes, new View(x, x.type().shape().strides(), 0), View.dense(node.output()));
        starts(code.word(1), node.inputs().get(1), x.type().shape(), sizes);
    }

    static void dynamicUpdateSlice(Node node, Code code) {
        Value x = node.inputs().get(0);
        Value update = node.inputs().get(1);
        Shape sizes = update.type().shape();
        copy(node, code);
        begin(node, code, sizes, View.dense(update), new View(node.output(), x.type().shape().strides(), 0));
        starts(code.word(2), node.inputs().get(2), x.type().shape(), sizes);
    }

    private static void starts(Code code, Value starts, Shape whole, Shape block) {
        long[] most = whole.dims();
        Arrays.setAll(most, axis -> most[axis] - block.dim(axis));
        code.slot(starts).words(most).words(whole.strides()).end();
    }

    private static void strided(Node node, Code code, Shape shape, View from, View to) {
        begin(node, code, shape, from, to).word(0).end();
    }

    private static Code begin(Node node, Code code, Shape shape, View from, View to) {
        return code.begin(Opcode.STRIDED, node).word(to.value().type().dtype().byteSize())
                .slot(from.value()).slot(to.value()).shape(shape)
                .words(from.strides()).word(from.offset()).words(to.strides()).word(to.offset());
    }
}
