package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.StridedCopy;
import dev.keratin.backend.compiler.StridedCopy.View;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes ops that only move elements, as copies between strided views. */
final class CopyLowering {
    private CopyLowering() {}

    /** An op that only moves elements. */
    static void strided(Node node, Code code) {
        StridedCopy.of(node).forEach(copy -> new Move(node, code, copy.shape(), copy.from(), copy.to()).write(null, false));
    }

    static void pad(Node node, Code code) {
        fill(node.inputs().get(1), node.output(), code);
        strided(node, code);
    }

    /** Every element of {@code to} becomes the only one of {@code value}. */
    static void fill(Value value, Value to, Code code) {
        fill(code.slot(value), code.slot(to), to.type(), code);
    }

    /** Every element of a tensor becomes that at {@code value}. */
    static void fill(Slot value, Slot to, TensorType type, Code code) {
        String element = CTypes.moved(type.dtype());
        KernelBuilder kernel = new KernelBuilder("fill", "strided.cuh");
        kernel.line("fill(" + kernel.pointer(value, "const " + element) + ", " + kernel.pointer(to, element) + ", "
                + kernel.number(type.shape().size()) + ");");
        kernel.launch(Geometry.loop(type.shape().size()), "fill", code);
    }

    /** Copies the elements of a tensor between places with these strides. */
    static void move(String what, TensorType type, Slot from, long[] fromStrides, Slot to, long[] toStrides, Code code) {
        KernelBuilder kernel = new KernelBuilder("strided", "strided.cuh");
        String element = CTypes.moved(type.dtype());
        move(what, type.shape(), kernel, kernel.pointer(from, "const " + element), fromStrides, kernel.pointer(to, element),
                toStrides, code);
    }

    private static void move(String what, Shape shape, KernelBuilder kernel, String source, long[] fromStrides, String target,
            long[] toStrides, Code code) {
        Joined joined = Joined.of(shape.dims(), fromStrides, toStrides);
        kernel.line("strided(" + source + ", " + target + ", " + kernel.number(shape.size()) + ", " + kernel.numbers(joined.lengths())
                + ", " + kernel.numbers(joined.strides(0)) + ", " + kernel.numbers(joined.strides(1)) + ");");
        kernel.launch(Geometry.loop(shape.size()), what, code);
    }

    static void dynamicSlice(Node node, Code code) {
        Value x = node.inputs().get(0);
        Shape sizes = node.output().type().shape();
        View from = new View(x, x.type().shape().strides(), 0);
        new Move(node, code, sizes, from, View.dense(node.output())).write(node.inputs().get(1), true);
    }

    static void dynamicUpdateSlice(Node node, Code code) {
        Value x = node.inputs().get(0);
        Value update = node.inputs().get(1);
        code.copy(code.slot(x), code.slot(node.output()), x.type().byteSize());
        View to = new View(node.output(), x.type().shape().strides(), 0);
        new Move(node, code, update.type().shape(), View.dense(update), to).write(node.inputs().get(2), false);
    }

    /** One copy. */
    private record Move(Node node, Code code, Shape shape, View from, View to) {
        /** With an origin at run time, if {@code starts} are given, of the source or of the target. */
        void write(@Nullable Value starts, boolean ofSource) {
            String type = CTypes.moved(to.value().type().dtype());
            int width = to.value().type().dtype().byteSize();
            KernelBuilder kernel = new KernelBuilder("strided", "strided.cuh");
            String source = kernel.pointer(code.slot(from.value()).plus(from.offset() * width), "const " + type);
            String target = kernel.pointer(code.slot(to.value()).plus(to.offset() * width), type);
            if (starts != null && shape.rank() > 0) {
                String moved = " + " + moved(kernel, starts, (ofSource ? from : to).value().type().shape());
                source += ofSource ? moved : "";
                target += ofSource ? "" : moved;
            }
            move(node.op() + " " + node.scope(), shape, kernel, source, from.strides(), target, to.strides(), code);
        }

        private String moved(KernelBuilder kernel, Value starts, Shape whole) {
            long[] most = whole.dims();
            Arrays.setAll(most, axis -> most[axis] - shape.dim(axis));
            return "moved(" + kernel.pointer(code.slot(starts), "const int64_t") + ", " + kernel.numbers(most) + ", "
                    + kernel.numbers(whole.strides()) + ")";
        }
    }
}
