package dev.keratin.ops;

import dev.keratin.Complex;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Literal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongToDoubleFunction;

/**
 * The transform along the last axis as products with matrices of roots of unity. A length N = P Q is split (Cooley and
 * Tukey, 1965): with n = Q p + q and k = r + P s it is Q transforms of length P, a product with e^(-2 pi i q r / N) and P
 * transforms of length Q.
 */
final class Dft {
    /** A product with a matrix up to this size is faster than splitting. */
    private static final long DIRECT = 32;

    private Dft() {}

    static Complex forward(Complex x) {
        long length = x.real().shape().dim(-1);
        long factor = factor(length);
        return length <= DIRECT || factor == 1 ? direct(x, length) : split(x, factor, length / factor);
    }

    static Complex inverse(Complex x) {
        double length = x.real().shape().dim(-1);
        Complex forward = forward(new Complex(x.real(), Ops.negative(x.imag())));
        return new Complex(Ops.divide(forward.real(), length), Ops.divide(forward.imag(), -length));
    }

    private static Complex direct(Complex x, long length) {
        return product(x, cosines(x.real().dtype(), length, length, length), sines(x.real().dtype(), length, length, length), true);
    }

    private static Complex split(Complex x, long p, long q) {
        DType dtype = x.real().dtype();
        Shape outer = x.real().shape().remove(-1);
        Complex inner = forward(swapped(reshaped(x, outer.concat(Shape.of(p, q)))));
        Complex turned = product(inner, cosines(dtype, q, p, p * q), sines(dtype, q, p, p * q), false);
        Complex last = forward(swapped(turned));
        return reshaped(swapped(last), outer.concat(Shape.of(p * q)));
    }

    /** The product with cos - i sin, of matrices or element by element. */
    private static Complex product(Complex x, Tensor cos, Tensor sin, boolean matrices) {
        Tensor rc = matrices ? Ops.matmul(x.real(), cos) : Ops.multiply(x.real(), cos);
        Tensor is = matrices ? Ops.matmul(x.imag(), sin) : Ops.multiply(x.imag(), sin);
        Tensor ic = matrices ? Ops.matmul(x.imag(), cos) : Ops.multiply(x.imag(), cos);
        Tensor rs = matrices ? Ops.matmul(x.real(), sin) : Ops.multiply(x.real(), sin);
        return new Complex(Ops.add(rc, is), Ops.subtract(ic, rs));
    }

    private static Complex swapped(Complex x) {
        return new Complex(Ops.swapaxes(x.real(), -1, -2), Ops.swapaxes(x.imag(), -1, -2));
    }

    private static Complex reshaped(Complex x, Shape shape) {
        return new Complex(Ops.reshape(x.real(), shape), Ops.reshape(x.imag(), shape));
    }

    /** The largest divisor that is at most the square root. */
    private static long factor(long length) {
        long factor = (long) Math.sqrt(length);
        while (factor > 1 && length % factor != 0) {
            factor--;
        }
        return Math.max(factor, 1);
    }

    private static Tensor cosines(DType dtype, long rows, long columns, long period) {
        return table(dtype, i -> Math.cos(angle(i / columns, i % columns, period)), rows, columns);
    }

    private static Tensor sines(DType dtype, long rows, long columns, long period) {
        return table(dtype, i -> Math.sin(angle(i / columns, i % columns, period)), rows, columns);
    }

    private static double angle(long row, long column, long period) {
        return 2 * Math.PI * (row * column % period) / period;
    }

    /** The last axis cut or filled with zeros to a length. */
    static Tensor fitted(Tensor x, int length) {
        long have = x.shape().dim(-1);
        if (have >= length) {
            return have == length ? x : Ops.getItem(x, "..., :" + length);
        }
        int[][] widths = new int[x.rank()][2];
        widths[x.rank() - 1][1] = (int) (length - have);
        return Ops.pad(x, widths);
    }

    /** A periodic window in the middle of zeros. */
    static Tensor window(String name, int length, int padded, DType dtype) {
        if (!name.equals("hann") && !name.equals("hamming")) {
            throw new IllegalArgumentException("stft: a window \"hann\" or \"hamming\" is required. Received: \"" + name
                    + "\". Check the spelling, or pass null for none.");
        }
        double mean = name.equals("hann") ? 0.5 : 0.54;
        int before = (padded - length) / 2;
        return table(dtype, i -> i < before || i >= before + length ? 0
                : mean - (1 - mean) * Math.cos(2 * Math.PI * (i - before) / length), padded);
    }

    /** The window divided by the sum of its squares at all overlapping places. */
    static Tensor inverseWindow(Tensor window, int stride) {
        int length = (int) window.size();
        int overlaps = (length + stride - 1) / stride;
        Tensor squares = fitted(Ops.square(window), overlaps * stride);
        Tensor sums = Ops.tile(Ops.sum(Ops.reshape(squares, overlaps, stride), 0), overlaps);
        return Ops.divide(window, fitted(sums, length));
    }

    private static Tensor table(DType dtype, LongToDoubleFunction element, long... dims) {
        TensorType type = TensorType.of(dtype, dims);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < type.shape().size(); i++) {
            Elements.write(bytes, i, dtype, element.applyAsDouble(i));
        }
        return Ops.constant(Literal.of(type, bytes));
    }
}
