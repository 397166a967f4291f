package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * An array of elements of one type with any number of axes, or a stand-in for one.
 *
 * <p>Three kinds behave alike in every function of {@link Ops}: a concrete tensor holds elements on a backend; a traced
 * one is a value of a step that is being compiled; a symbolic one ({@link SymbolicTensor}) is an input or output of a
 * functional model that is being put together. Only concrete tensors can be read.
 *
 * <p>A concrete tensor owns native memory. Close it, or let a {@link TensorScope} or a gradient tape close it; one that
 * becomes unreachable is freed by the garbage collector some time later. Immutable but for that, and safe for use by
 * several threads.
 */
public abstract class Tensor implements AutoCloseable {
    private volatile @Nullable Tensor mask;
    private volatile @Nullable Tensor logits;

    Tensor() {}

    /** What softmax or sigmoid made this of, from which a crossentropy loses no digits; null if unknown or closed. */
    final @Nullable Tensor logits() {
        Tensor source = logits;
        return source == null || source.isClosed() ? null : source;
    }

    /** Notes {@link #logits}. */
    final Tensor withLogits(Tensor source) {
        logits = source;
        return this;
    }

    /**
     * Which steps of a sequence count: bool [batch, time], as layers such as Embedding and Masking attach it; null if all
     * do.
     */
    public final @Nullable Tensor mask() {
        return mask;
    }

    /** Sets {@link #mask}; for layers. */
    public final void attachMask(@Nullable Tensor newMask) {
        mask = newMask;
    }

    /** The element type and shape. */
    public abstract TensorType type();

    /** The element type. */
    public final DType dtype() {
        return type().dtype();
    }

    /** The lengths of the axes. */
    public final Shape shape() {
        return type().shape();
    }

    /** The number of axes. */
    public final int rank() {
        return shape().rank();
    }

    /** The number of elements. */
    public final long size() {
        return shape().size();
    }

    /** Whether there are elements that can be read. */
    public boolean isConcrete() {
        return false;
    }

    /** Whether this stands for an input or output of a functional model. */
    public boolean isSymbolic() {
        return false;
    }

    /** Whether the memory has been given back; always false for a tensor that owns none. */
    public boolean isClosed() {
        return false;
    }

    /** Gives the memory back; harmless when repeated. A tensor that owns none ignores it. */
    @Override
    public void close() {}

    /** What this tensor is called in messages. */
    abstract EagerTensor requireConcrete(String who);

    // ---- making tensors

    /**
     * A concrete tensor with the elements of a Java array.
     *
     * @param array {@code float[]}, {@code double[][]}, {@code int[]}, {@code boolean[][][]}, ... of any depth, every
     *     part of equal length; or a {@code Number} or {@code Boolean} for a scalar. float gives float32, double
     *     float32 as well (Keras's default), int int32, long int64, byte int8, boolean bool
     */
    public static Tensor of(Object array) {
        return HostArrays.toTensor(array);
    }

    /** A concrete float32 tensor; elements in row-major order. */
    public static Tensor of(float[] elements, long... dims) {
        return HostArrays.toTensor(elements, Shape.of(dims));
    }

    /** A concrete float64 tensor; elements in row-major order. */
    public static Tensor of(double[] elements, long... dims) {
        return HostArrays.toTensor(elements, Shape.of(dims));
    }

    /** A concrete int32 tensor; elements in row-major order. */
    public static Tensor of(int[] elements, long... dims) {
        return HostArrays.toTensor(elements, Shape.of(dims));
    }

    /** A concrete int64 tensor; elements in row-major order. */
    public static Tensor of(long[] elements, long... dims) {
        return HostArrays.toTensor(elements, Shape.of(dims));
    }

    /** A concrete bool tensor; elements in row-major order. */
    public static Tensor of(boolean[] elements, long... dims) {
        return HostArrays.toTensor(elements, Shape.of(dims));
    }

    /** A concrete tensor with the given bytes: little-endian elements in row-major order, from the buffer's position. */
    public static Tensor ofBytes(TensorType type, java.nio.ByteBuffer elements) {
        return EagerTensor.of(type, elements);
    }

    // ---- reading tensors

    /** The only element. */
    public final double item() {
        return HostArrays.item(requireConcrete("item"));
    }

    /** A copy of all elements in row-major order. */
    public final float[] toFloatArray() {
        return HostArrays.toFloats(requireConcrete("toFloatArray"));
    }

    /** A copy of all elements in row-major order. */
    public final double[] toDoubleArray() {
        return HostArrays.toDoubles(requireConcrete("toDoubleArray"));
    }

    /** A copy of all elements in row-major order, cut towards zero. */
    public final int[] toIntArray() {
        return HostArrays.toInts(requireConcrete("toIntArray"));
    }

    /** A copy of all elements in row-major order, cut towards zero. */
    public final long[] toLongArray() {
        return HostArrays.toLongs(requireConcrete("toLongArray"));
    }

    /** A copy of all elements in row-major order: whether each is not 0. */
    public final boolean[] toBooleanArray() {
        return HostArrays.toBooleans(requireConcrete("toBooleanArray"));
    }

    /** A copy of all elements in row-major order, little-endian, in a new buffer at position 0. */
    public final java.nio.ByteBuffer toBytes() {
        return requireConcrete("toBytes").read();
    }

    // ---- what Python writes as operators

    /** {@link Ops#add(Tensor, Tensor)}. */
    public final Tensor add(Tensor other) {
        return Ops.add(this, other);
    }

    /** {@link Ops#add(Tensor, double)}. */
    public final Tensor add(double other) {
        return Ops.add(this, other);
    }

    /** {@link Ops#subtract(Tensor, Tensor)}. */
    public final Tensor subtract(Tensor other) {
        return Ops.subtract(this, other);
    }

    /** {@link Ops#subtract(Tensor, double)}. */
    public final Tensor subtract(double other) {
        return Ops.subtract(this, other);
    }

    /** {@link Ops#multiply(Tensor, Tensor)}. */
    public final Tensor multiply(Tensor other) {
        return Ops.multiply(this, other);
    }

    /** {@link Ops#multiply(Tensor, double)}. */
    public final Tensor multiply(double other) {
        return Ops.multiply(this, other);
    }

    /** {@link Ops#divide(Tensor, Tensor)}. */
    public final Tensor divide(Tensor other) {
        return Ops.divide(this, other);
    }

    /** {@link Ops#divide(Tensor, double)}. */
    public final Tensor divide(double other) {
        return Ops.divide(this, other);
    }

    /** {@link Ops#negative}. */
    public final Tensor negative() {
        return Ops.negative(this);
    }

    /** {@link Ops#matmul}. */
    public final Tensor matmul(Tensor other) {
        return Ops.matmul(this, other);
    }
}
