package dev.keratin.backend.compiler;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Literal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes constants of constants. */
final class Literals {
    private Literals() {}

    /** The only element of a splat under another shape. */
    static Literal splat(Literal element, Shape shape) {
        TensorType type = element.type().withShape(shape);
        return element.type().dtype().isFloating()
                ? Literal.splat(type, element.doubleAt(0)) : Literal.splat(type, element.longAt(0));
    }

    /** The same elements under another shape of the same size. */
    static Literal reshape(Literal literal, Shape shape) {
        return literal.isSplat() ? splat(literal, shape) : Literal.of(literal.type().withShape(shape), literal.stored());
    }

    /** A literal that is stored as a splat if all elements have the same bits. */
    static Literal compact(Literal literal) {
        ByteBuffer stored = literal.stored();
        int width = literal.type().dtype().byteSize();
        if (literal.isSplat() || stored.remaining() <= width) {
            return literal;
        }
        for (int i = width; i < stored.limit(); i++) {
            if (stored.get(i) != stored.get(i - width)) {
                return literal;
            }
        }
        byte[] element = new byte[width];
        stored.get(element);
        TensorType scalar = literal.type().withShape(Shape.scalar());
        return splat(Literal.of(scalar, ByteBuffer.wrap(element).order(ByteOrder.LITTLE_ENDIAN)), literal.type().shape());
    }

    /** Whether the elements of a splat equal a number; a floating zero has to have the sign asked for. */
    static boolean is(Literal splat, double number) {
        return splat.type().dtype().isFloating()
                ? Double.compare(splat.doubleAt(0), number) == 0 : splat.longAt(0) == number;
    }

    /** Whether {@code x / c} equals {@code x * (1 / c)} for every x: c and 1 / c are powers of two and not subnormal. */
    static boolean dividesExactly(Literal splat) {
        DType dtype = splat.type().dtype();
        if (!dtype.isFloating()) {
            return false;
        }
        double value = Math.abs(splat.doubleAt(0));
        int limit = dtype == DType.FLOAT16 ? 14 : dtype == DType.FLOAT64 ? 1022 : 126;
        return value > 0 && Double.isFinite(value) && Math.abs(Math.getExponent(value)) <= limit
                && value == Math.scalb(1.0, Math.getExponent(value));
    }
}
