package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
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

    /** An op that only moves elements. */
    static void strided(Node node, Code code) {
        StridedCopy.of(node).forEach(copy -> copy(copy, code).write(node.op() + " " + node.scope(), code));
    }

    private static ViewCopy copy(StridedCopy copy, Code code) {
        DType dtype = copy.to().value().type().dtype();
        return new ViewCopy(new TensorType(dtype, copy.shape()), slot(copy.from(), code), copy.from().strides(), slot(copy.to(), code),
                copy.to().strides());
    }

    /** Where a view begins. */
    private static Slot slot(View view, Code code) {
        return code.slot(view.value()).plus(view.offset() * view.value().type().dtype().byteSize());
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
        long size = type.shape().size();
        int width = Packs.moved(type.dtype().byteSize(), 0, code, to);
        KernelBuilder kernel = new KernelBuilder("fill", "strided.cuh").within(size);
        kernel.line("fill<" + width + ">(" + kernel.pointer(value, "const " + element) + ", " + kernel.pointer(to, element) + ", "
                + kernel.number(size) + ");");
        kernel.launch(Geometry.loop((size + width - 1) / width), "fill", code);
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

    /** One copy from or to an origin that is known at run time. */
    private record Move(Node node, Code code, Shape shape, View from, View to) {
        void write(Value starts, boolean ofSource) {
            String type = CTypes.moved(to.value().type().dtype());
            KernelBuilder kernel = new KernelBuilder("strided", "strided.cuh");
            String source = kernel.pointer(slot(from, code), "const " + type);
            String target = kernel.pointer(slot(to, code), type);
            if (shape.rank() > 0) {
                String moved = " + " + moved(kernel, starts, (ofSource ? from : to).value().type().shape());
                source += ofSource ? moved : "";
                target += ofSource ? "" : moved;
            }
            ViewCopy.strided(kernel, source, target, Joined.of(shape.dims(), from.strides(), to.strides()));
            kernel.launch(Geometry.loop(shape.size()), node.op() + " " + node.scope(), code);
        }

        private String moved(KernelBuilder kernel, Value starts, Shape whole) {
            long[] most = whole.dims();
            Arrays.setAll(most, axis -> most[axis] - shape.dim(axis));
            return "moved(" + kernel.pointer(code.slot(starts), "const int64_t") + ", " + kernel.numbers(most) + ", "
                    + kernel.numbers(whole.strides()) + ")";
        }
    }
}
