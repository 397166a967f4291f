package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Literal;
import java.util.ArrayList;
import java.util.List;

/** Writes a library's convolution with the copies round it that give operands and result the layouts it takes. */
record LibraryConv(ConvGeometry geometry, DType dtype, Code code) {
    /** From operands to the result of a convolution of this kind, as {@link Convolution.Kind} names them. */
    void write(Convolution.Kind kind, LibraryCall call, String what, List<Slot> operands, Slot result) {
        List<Slot> given = new ArrayList<>(operands);
        if (kind != Convolution.Kind.KERNEL_GRADIENT) {
            given.set(1, kernelToLibrary(given.get(1)));
        }
        if (!geometry.isSymmetric() && kind != Convolution.Kind.INPUT_GRADIENT) {
            given.set(0, padded(given.get(0)));
        }
        if (kind == Convolution.Kind.KERNEL_GRADIENT) {
            code.layOut(kernel(result), place -> call(call, what, given, place), place -> kernelFromLibrary(place, result));
        } else if (!geometry.isSymmetric() && kind == Convolution.Kind.INPUT_GRADIENT) {
            Slot padded = scratch(geometry.padded());
            call(call, what, given, padded);
            move("the gradient without its padding", geometry.input(), inPadded(padded), geometry.padded().strides(), result,
                    geometry.input().strides());
        } else {
            call(call, what, given, result);
        }
    }

    private void call(LibraryCall call, String what, List<Slot> given, Slot target) {
        given.add(target);
        code.call(call, what, given.toArray(Slot[]::new));
    }

    private Slot scratch(Shape shape) {
        return code.scratch(shape.size() * dtype.byteSize());
    }

    private Extent kernel(Slot start) {
        return new Extent(start, geometry.kernel().size() * dtype.byteSize());
    }

    /** From [taps, filters] to [filters, taps], where channels count as taps. */
    private Slot kernelToLibrary(Slot kernel) {
        long filters = geometry.kernel().dim(-1);
        long taps = geometry.kernel().remove(-1).size();
        return code.laidOut(kernel(kernel), place -> move("kernel as [filters, taps]", Shape.of(filters, taps), kernel,
                new long[] {1, filters}, place, new long[] {taps, 1}));
    }

    private void kernelFromLibrary(Slot laidOut, Slot kernel) {
        long filters = geometry.kernel().dim(-1);
        long taps = geometry.kernel().remove(-1).size();
        move("kernel as [taps, filters]", Shape.of(taps, filters), laidOut, new long[] {1, taps}, kernel, new long[] {filters, 1});
    }

    private Slot padded(Slot input) {
        Slot padded = scratch(geometry.padded());
        CopyLowering.fill(code.constant(Literal.scalar(dtype, 0)), padded, new TensorType(dtype, geometry.padded()), code);
        move("padding", geometry.input(), input, geometry.input().strides(), inPadded(padded), geometry.padded().strides());
        return padded;
    }

    private Slot inPadded(Slot padded) {
        return padded.plus(geometry.paddedOffset() * dtype.byteSize());
    }

    private void move(String what, Shape shape, Slot from, long[] fromStrides, Slot to, long[] toStrides) {
        new ViewCopy(new TensorType(dtype, shape), from, fromStrides, to, toStrides).write(what, code);
    }
}
