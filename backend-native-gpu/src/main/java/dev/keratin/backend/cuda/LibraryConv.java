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
        Slot target = result;
        if (kind == Convolution.Kind.KERNEL_GRADIENT) {
            target = scratch(geometry.kernel());
        } else {
            given.set(1, kernelToLibrary(given.get(1)));
        }
        if (!geometry.isSymmetric() && kind == Convolution.Kind.INPUT_GRADIENT) {
            target = scratch(geometry.padded());
        } else if (!geometry.isSymmetric()) {
            given.set(0, padded(given.get(0)));
        }
        given.add(target);
        code.call(call, what, given.toArray(Slot[]::new));
        if (kind == Convolution.Kind.KERNEL_GRADIENT) {
            kernelFromLibrary(target, result);
        } else if (target != result) {
            move("the gradient without its padding", geometry.input(), inPadded(target), geometry.padded().strides(), result,
                    geometry.input().strides());
        }
    }

    private Slot scratch(Shape shape) {
        return code.scratch(shape.size() * dtype.byteSize());
    }

    /** From [taps, filters] to [filters, taps], where channels count as taps. */
    private Slot kernelToLibrary(Slot kernel) {
        Slot laidOut = scratch(geometry.kernel());
        long filters = geometry.kernel().dim(-1);
        long taps = geometry.kernel().remove(-1).size();
        move("kernel as [filters, taps]", Shape.of(filters, taps), kernel, new long[] {1, filters}, laidOut, new long[] {taps, 1});
        return laidOut;
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
        CopyLowering.move(what, new TensorType(dtype, shape), from, fromStrides, to, toStrides, code);
    }
}
