package dev.keratin.backend;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The lengths of a tensor's axes, outermost first. Immutable.
 *
 * <p>An axis whose length is not known before a batch arrives has the length {@link #UNKNOWN}; such shapes occur only in
 * specifications of functional models, never in a program.
 */
public final class Shape {
    /** The length of an axis that is not known yet, printed as {@code null}. */
    public static final long UNKNOWN = -1;

    private static final Shape SCALAR = new Shape(new long[0]);

    private final long[] dims;

    private Shape(long[] dims) {
        this.dims = dims;
    }

    /**
     * A shape with the given axis lengths.
     *
     * @throws IllegalArgumentException if a length is negative and not {@link #UNKNOWN}
     */
    public static Shape of(long... dims) {
        if (dims.length == 0) {
            return SCALAR;
        }
        for (long dim : dims) {
            if (dim < UNKNOWN) {
                throw new IllegalArgumentException("Shape: axis lengths of at least 0 are required. Received: "
                        + Arrays.toString(dims) + ".");
            }
        }
        return new Shape(dims.clone());
    }

    /** A shape with the given axis lengths. */
    public static Shape of(List<Long> dims) {
        return of(dims.stream().mapToLong(Long::longValue).toArray());
    }

    /** The shape of a single element: no axes. */
    public static Shape scalar() {
        return SCALAR;
    }

    /** The number of axes. */
    public int rank() {
        return dims.length;
    }

    /**
     * The length of an axis.
     *
     * @param axis from {@code -rank} to {@code rank - 1}; negative counts from the last axis
     */
    public long dim(int axis) {
        return dims[normalizeAxis(axis)];
    }

    /** All lengths, in a new array. */
    public long[] dims() {
        return dims.clone();
    }

    /** All lengths as a list. */
    public List<Long> toList() {
        return LongStream.of(dims).boxed().collect(Collectors.toUnmodifiableList());
    }

    /** The number of elements: the product of all lengths, 1 for a scalar. */
    public long size() {
        long size = 1;
        for (long dim : dims) {
            size = Math.multiplyExact(size, dim);
        }
        return size;
    }

    /** Whether every length is known. */
    public boolean isStatic() {
        for (long dim : dims) {
            if (dim == UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    /** The axis counted from the first one. */
    public int normalizeAxis(int axis) {
        int normal = axis < 0 ? axis + dims.length : axis;
        if (normal < 0 || normal >= dims.length) {
            throw new IllegalArgumentException("axis: from " + -dims.length + " to " + (dims.length - 1)
                    + " is required for shape " + this + ". Received: " + axis + ".");
        }
        return normal;
    }

    /** This shape with one axis of another length. */
    public Shape with(int axis, long length) {
        long[] result = dims.clone();
        result[normalizeAxis(axis)] = length;
        return new Shape(result);
    }

    /** The axes from {@code from} (included) to {@code to} (excluded), not negative. */
    public Shape subShape(int from, int to) {
        return of(Arrays.copyOfRange(dims, from, to));
    }

    /** This shape followed by the axes of another one. */
    public Shape concat(Shape other) {
        long[] result = Arrays.copyOf(dims, dims.length + other.dims.length);
        System.arraycopy(other.dims, 0, result, dims.length, other.dims.length);
        return of(result);
    }

    /** This shape with a new axis of the given length put before position {@code axis}, 0 to {@code rank}. */
    public Shape insert(int axis, long length) {
        return subShape(0, axis).concat(of(length)).concat(subShape(axis, rank()));
    }

    /** This shape without one axis. */
    public Shape remove(int axis) {
        int normal = normalizeAxis(axis);
        return subShape(0, normal).concat(subShape(normal + 1, rank()));
    }

    /** For each axis, how many elements lie between neighbours along it when stored densely in row-major order. */
    public long[] strides() {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dims[axis];
        }
        return strides;
    }

    /**
     * The shape that both operands are stretched to under NumPy's rules: aligned at the last axis, a length of 1 (or a
     * missing axis) is repeated.
     *
     * @throws IllegalArgumentException if two lengths differ and neither is 1
     */
    public static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        long[] result = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long left = i <= a.rank() ? a.dims[a.rank() - i] : 1;
            long right = i <= b.rank() ? b.dims[b.rank() - i] : 1;
            if (left != right && left != 1 && right != 1) {
                throw new IllegalArgumentException("broadcast: lengths that are equal or 1 are required, counted from the"
                        + " last axis. Received: " + a + " and " + b + " (" + left + " vs " + right + "). Add"
                        + " axes of length 1 with expandDims where they are missing, or reshape.");
            }
            result[rank - i] = left == 1 ? right : left;
        }
        return of(result);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape && Arrays.equals(dims, ((Shape) other).dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** The lengths in brackets, such as {@code [32, 784]}. */
    @Override
    public String toString() {
        return LongStream.of(dims)
                .mapToObj(dim -> dim == UNKNOWN ? "null" : Long.toString(dim))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
