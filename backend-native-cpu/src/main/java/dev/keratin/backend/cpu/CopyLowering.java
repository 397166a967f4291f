package dev.keratin.backend.cpu;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.StridedCopy;
import dev.keratin.backend.compiler.StridedCopy.View;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.Arrays;

/** Writes ops that only move elements, as copies between strided views. */
final class CopyLowering {
    private CopyLowering() {}

    /** All bytes of the operand as they are. */
    static void copy(Node node, Code code) {
        code.begin(Opcode.COPY, node).slot(node.inputs().get(0)).slot(node.output())
                .word(node.output().type().byteSize()).end();
    }

    /** An op that only moves elements. */
    static void strided(Node node, Code code) {
        StridedCopy.of(node).forEach(copy -> begin(node, code, copy.shape(), copy.from(), copy.to()).word(0).end());
    }

    static void pad(Node node, Code code) {
        TensorType type = node.output().type();
        code.begin(Opcode.FILL, node).word(type.dtype().byteSize()).slot(node.inputs().get(1)).slot(node.output())
                .word(type.shape().size()).end();
        strided(node, code);
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

    private static Code begin(Node node, Code code, Shape shape, View from, View to) {
        return code.begin(Opcode.STRIDED, node).word(to.value().type().dtype().byteSize())
                .slot(from.value()).slot(to.value()).shape(shape)
                .words(from.strides()).word(from.offset()).words(to.strides()).word(to.offset());
    }
}
