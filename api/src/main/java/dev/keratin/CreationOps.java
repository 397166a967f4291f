package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Literal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongToDoubleFunction;

/** Tensors made of nothing but their shape and some numbers. Without an element type they are floatx. */
abstract class CreationOps extends ReductionOps {
    CreationOps() {}

    /** All elements 0. */
    public static Tensor zeros(Shape shape, DType dtype) {
        return full(shape, 0, dtype);
    }

    /** All elements 0, floatx. */
    public static Tensor zeros(Shape shape) {
        return zeros(shape, Configuration.floatx());
    }

    /** All elements 0, floatx; one length for each axis. */
    public static Tensor zeros(long... dims) {
        return zeros(Shape.of(dims));
    }

    /** All elements 1. */
    public static Tensor ones(Shape shape, DType dtype) {
        return full(shape, 1, dtype);
    }

    /** All elements 1, floatx. */
    public static Tensor ones(Shape shape) {
        return ones(shape, Configuration.floatx());
    }

    /** All elements 1, floatx; one length for each axis. */
    public static Tensor ones(long... dims) {
        return ones(Shape.of(dims));
    }

    /** All elements equal to a number, floatx. */
    public static Tensor full(Shape shape, double value) {
        return full(shape, value, Configuration.floatx());
    }

    /** The shape and type of a tensor, all elements 0. */
    public static Tensor zerosLike(Tensor x) {
        return x.isSymbolic() ? node("ZerosLike", x) : fullLike(x, 0);
    }

    /** The shape and type of a tensor, all elements 1. */
    public static Tensor onesLike(Tensor x) {
        return x.isSymbolic() ? node("OnesLike", x) : fullLike(x, 1);
    }

    /** The shape and type of a tensor, all elements equal to a number. */
    public static Tensor fullLike(Tensor x, double value) {
        return x.isSymbolic() ? node("FullLike", x, value) : full(x.shape(), value, x.dtype());
    }

    /** 0, 1, ... {@code stop - 1} as int32; no element if stop is not positive. */
    public static Tensor arange(long stop) {
        return apply(new Iota(TensorType.of(DType.INT32, Math.max(stop, 0)), 0));
    }

    /** {@link #arange(double, double, double)} in steps of 1. */
    public static Tensor arange(double start, double stop) {
        return arange(start, stop, 1);
    }

    /** {@code start}, {@code start + step}, ... below {@code stop}; int32 if all are whole numbers, else floatx. */
    public static Tensor arange(double start, double stop, double step) {
        boolean whole = start == Math.rint(start) && stop == Math.rint(stop) && step == Math.rint(step);
        return arange(start, stop, step, whole ? DType.INT32 : Configuration.floatx());
    }

    /**
     * {@code start + i * step} for i = 0, 1, ... as long as it lies before {@code stop}.
     *
     * @param step not 0
     */
    public static Tensor arange(double start, double stop, double step, DType dtype) {
        if (step == 0) {
            throw new IllegalArgumentException("arange: a step other than 0 is required. Received: start=" + start
                    + ", stop=" + stop + ", step=0. Use full(..) for equal elements.");
        }
        long count = (long) Math.max(0, Math.ceil((stop - start) / step));
        return computed(count, dtype, i -> start + i * step);
    }

    /** {@code num} numbers at equal distances from {@code start} to {@code stop}, both included; floatx. */
    public static Tensor linspace(double start, double stop, int num) {
        return linspace(start, stop, num, true, Configuration.floatx());
    }

    /** {@code num} numbers at equal distances from {@code start} to {@code stop}, which is left out without endpoint. */
    public static Tensor linspace(double start, double stop, int num, boolean endpoint, DType dtype) {
        double step = num > 1 ? (stop - start) / (endpoint ? num - 1 : num) : 0;
        return computed(num, dtype, i -> endpoint && i == num - 1 && i > 0 ? stop : start + i * step);
    }

    /** 10 to the power of {@code num} numbers at equal distances from {@code start} to {@code stop}, both included. */
    public static Tensor logspace(double start, double stop, int num) {
        double step = num > 1 ? (stop - start) / (num - 1) : 0;
        return computed(num, Configuration.floatx(), i -> Math.pow(10, start + i * step));
    }

    /** {@code num} numbers from {@code start} to {@code stop}, both included, each a constant times the one before. */
    public static Tensor geomspace(double start, double stop, int num) {
        double ratio = num > 1 ? Math.log(stop / start) / (num - 1) : 0;
        return computed(num, Configuration.floatx(),
                i -> i == num - 1 && i > 0 ? stop : start * Math.exp(i * ratio));
    }

    /** The matrix [n, n] with 1 on the diagonal, 0 elsewhere; floatx. */
    public static Tensor eye(long n) {
        return eye(n, n, 0, Configuration.floatx());
    }

    /** The matrix [n, m] with 1 on the diagonal, 0 elsewhere; floatx. */
    public static Tensor eye(long n, long m) {
        return eye(n, m, 0, Configuration.floatx());
    }

    /** The matrix [n, m] with 1 where column - row = k, 0 elsewhere. */
    public static Tensor eye(long n, long m, long k, DType dtype) {
        return cast(band(CompareKind.EQ, Shape.of(n, m), k), dtype);
    }

    /** The matrix [n, n] with 1 on the diagonal, 0 elsewhere; floatx. */
    public static Tensor identity(long n) {
        return eye(n);
    }

    /** The matrix [n, m] with 1 on and below the diagonal, 0 above; floatx. */
    public static Tensor tri(long n, long m) {
        return tri(n, m, 0, Configuration.floatx());
    }

    /** The matrix [n, m] with 1 where column - row is at most k, 0 elsewhere. */
    public static Tensor tri(long n, long m, long k, DType dtype) {
        return cast(band(CompareKind.LE, Shape.of(n, m), k), dtype);
    }

    /** The lower triangle of matrices [..., n, m]: 0 where column - row is above k. */
    public static Tensor tril(Tensor x, long k) {
        return x.isSymbolic() ? node("Tril", x, k) : where(band(CompareKind.LE, matrix("tril", x), k), x, zerosLike(x));
    }

    /** {@link #tril(Tensor, long)} with the diagonal. */
    public static Tensor tril(Tensor x) {
        return tril(x, 0);
    }

    /** The upper triangle of matrices [..., n, m]: 0 where column - row is below k. */
    public static Tensor triu(Tensor x, long k) {
        return x.isSymbolic() ? node("Triu", x, k) : where(band(CompareKind.GE, matrix("triu", x), k), x, zerosLike(x));
    }

    /** {@link #triu(Tensor, long)} with the diagonal. */
    public static Tensor triu(Tensor x) {
        return triu(x, 0);
    }

    /** Elements along one axis, computed here from their index. */
    static Tensor computed(long count, DType dtype, LongToDoubleFunction element) {
        TensorType type = TensorType.of(dtype, count);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            Elements.write(bytes, i, dtype, element.applyAsDouble(i));
        }
        return constant(Literal.of(type, bytes));
    }

    /** Whether column - row compares to k, for a matrix. */
    private static Tensor band(CompareKind kind, Shape matrix, long k) {
        TensorType indices = new TensorType(DType.INT32, matrix);
        Tensor distance = subtract(apply(new Iota(indices, 1)), apply(new Iota(indices, 0)));
        return compare(kind, distance, scalar(DType.INT32, k));
    }

    private static Shape matrix(String who, Tensor x) {
        if (x.rank() < 2) {
            throw new IllegalArgumentException(who + ": matrices [..., n, m] are required. Received: " + x.type()
                    + ". Add axes with expandDims.");
        }
        return x.shape().subShape(x.rank() - 2, x.rank());
    }
}
