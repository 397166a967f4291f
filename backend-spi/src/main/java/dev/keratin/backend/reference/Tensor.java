package dev.keratin.backend.reference;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The elements of one tensor in row-major order: floating ones as doubles that the element type can represent, all
 * others as longs in its range. Never changed once made.
 */
final class Tensor {
    private static final double[] NO_DOUBLES = {};
    private static final long[] NO_LONGS = {};

    final TensorType type;
    /** The elements, if the type is floating. */
    final double[] doubles;
    /** The elements, if the type is an integer type or bool. */
    final long[] longs;

    private Tensor(TensorType type, double[] doubles, long[] longs) {
        this.type = type;
        this.doubles = doubles;
        this.longs = longs;
    }

    /** Rounds the numbers, in place, to the nearest that the type has. */
    static Tensor ofDoubles(TensorType type, double[] values) {
        Rounding.round(type.dtype(), values);
        return new Tensor(type, values, NO_LONGS);
    }

    /** Wraps the numbers, in place, to the width of the type. */
    static Tensor ofLongs(TensorType type, long[] values) {
        Rounding.wrap(type.dtype(), values);
        return new Tensor(type, NO_DOUBLES, values);
    }

    static Tensor zeros(TensorType type) {
        int size = Math.toIntExact(type.shape().size());
        return type.dtype().isFloating()
                ? new Tensor(type, new double[size], NO_LONGS)
                : new Tensor(type, NO_DOUBLES, new long[size]);
    }

    static Tensor fromBytes(TensorType type, ByteBuffer source) {
        ByteBuffer bytes = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        Tensor tensor = zeros(type);
        DType dtype = type.dtype();
        for (int i = 0; i < tensor.doubles.length; i++) {
            tensor.doubles[i] = Elements.read(bytes, i, dtype);
        }
        for (int i = 0; i < tensor.longs.length; i++) {
            tensor.longs[i] = Elements.readLong(bytes, i, dtype);
        }
        return tensor;
    }

    void toBytes(ByteBuffer target) {
        ByteBuffer bytes = target.slice().order(ByteOrder.LITTLE_ENDIAN);
        DType dtype = type.dtype();
        for (int i = 0; i < doubles.length; i++) {
            Elements.write(bytes, i, dtype, doubles[i]);
        }
        for (int i = 0; i < longs.length; i++) {
            Elements.writeLong(bytes, i, dtype, longs[i]);
        }
    }

    boolean isFloating() {
        return type.dtype().isFloating();
    }

    DType dtype() {
        return type.dtype();
    }

    Shape shape() {
        return type.shape();
    }

    int size() {
        return isFloating() ? doubles.length : longs.length;
    }

    /** The length of an axis. */
    int dim(int axis) {
        return (int) type.shape().dim(axis);
    }

    /** The same elements under another shape of the same size. */
    Tensor withShape(Shape shape) {
        return new Tensor(type.withShape(shape), doubles, longs);
    }

    /** A tensor of this element type whose element {@code i} is element {@code offsets[i]} of this one. */
    Tensor pick(Shape shape, int[] offsets) {
        Tensor result = zeros(type.withShape(shape));
        for (int i = 0; i < result.doubles.length; i++) {
            result.doubles[i] = doubles[offsets[i]];
        }
        for (int i = 0; i < result.longs.length; i++) {
            result.longs[i] = longs[offsets[i]];
        }
        return result;
    }

    /** This tensor with element {@code offsets[i]} replaced by element {@code i} of the other one. */
    Tensor put(int[] offsets, Tensor other) {
        Tensor result = new Tensor(type, doubles.clone(), longs.clone());
        result.place(offsets, other);
        return result;
    }

    /** Like {@link #put} on this tensor itself, which nobody else may have seen yet. */
    void place(int[] offsets, Tensor other) {
        for (int i = 0; i < other.doubles.length; i++) {
            doubles[offsets[i]] = other.doubles[i];
        }
        for (int i = 0; i < other.longs.length; i++) {
            longs[offsets[i]] = other.longs[i];
        }
    }

    /** A tensor of the given shape that holds this scalar everywhere. */
    Tensor filled(Shape shape) {
        Tensor result = zeros(type.withShape(shape));
        Arrays.fill(result.doubles, isFloating() ? doubles[0] : 0);
        Arrays.fill(result.longs, isFloating() ? 0 : longs[0]);
        return result;
    }

    /** This tensor stretched to a shape under NumPy's rules. */
    Tensor stretched(Shape shape) {
        return shape().equals(shape) ? this : pick(shape, Offsets.stretched(shape(), shape));
    }
}
