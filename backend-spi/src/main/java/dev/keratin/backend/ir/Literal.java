package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The elements of a constant. Immutable; compared by content. Elements that are all equal are stored once.
 */
public final class Literal {
    private final TensorType type;
    private final byte[] bytes;
    private final boolean splat;

    private Literal(TensorType type, byte[] bytes, boolean splat) {
        this.type = type;
        this.bytes = bytes;
        this.splat = splat;
    }

    /**
     * Elements given as bytes.
     *
     * @param littleEndian copied from its position; exactly {@code type.byteSize()} bytes remain
     */
    public static Literal of(TensorType type, ByteBuffer littleEndian) {
        if (littleEndian.remaining() != type.byteSize()) {
            throw new IllegalArgumentException("Literal: " + type.byteSize() + " bytes are required for " + type
                    + ". Received: " + littleEndian.remaining() + ".");
        }
        byte[] bytes = new byte[littleEndian.remaining()];
        littleEndian.duplicate().get(bytes);
        return new Literal(type, bytes, bytes.length == type.dtype().byteSize());
    }

    /** The same number for every element, converted as {@link Elements#write} does. */
    public static Literal splat(TensorType type, double value) {
        byte[] bytes = new byte[type.dtype().byteSize()];
        Elements.write(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0, type.dtype(), value);
        return new Literal(type, bytes, true);
    }

    /** The same whole number for every element; exact for int64. */
    public static Literal splat(TensorType type, long value) {
        byte[] bytes = new byte[type.dtype().byteSize()];
        Elements.writeLong(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0, type.dtype(), value);
        return new Literal(type, bytes, true);
    }

    /** One number. */
    public static Literal scalar(DType dtype, double value) {
        return splat(new TensorType(dtype, Shape.scalar()), value);
    }

    /** Whole numbers along one axis. */
    public static Literal longs(DType dtype, long... values) {
        TensorType type = TensorType.of(dtype, values.length);
        ByteBuffer buffer = ByteBuffer.allocate((int) type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            Elements.writeLong(buffer, i, dtype, values[i]);
        }
        return of(type, buffer);
    }

    /** The element type and shape. */
    public TensorType type() {
        return type;
    }

    /** Whether all elements are equal and stored once. */
    public boolean isSplat() {
        return splat;
    }

    /** Element {@code index} in row-major order as a double; int64 is rounded. */
    public double doubleAt(long index) {
        return Elements.read(stored(), splat ? 0 : Math.toIntExact(index), type.dtype());
    }

    /** Element {@code index} in row-major order as a whole number, towards zero. */
    public long longAt(long index) {
        return Elements.readLong(stored(), splat ? 0 : Math.toIntExact(index), type.dtype());
    }

    /** The stored elements, little-endian and read-only: one if {@link #isSplat}, else all. */
    public ByteBuffer stored() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Copies every element into {@code target} from its position on, repeating a single one. */
    public void copyTo(ByteBuffer target) {
        long copies = splat ? type.shape().size() : 1;
        for (long i = 0; i < copies; i++) {
            target.put(bytes);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Literal && type.equals(((Literal) other).type) && splat == ((Literal) other).splat
                && Arrays.equals(bytes, ((Literal) other).bytes);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    /** The value of a splat, the elements of a short literal, or a content hash. */
    @Override
    public String toString() {
        if (splat) {
            return element(0);
        }
        long size = type.shape().size();
        if (size > 16) {
            return "#" + Integer.toHexString(Arrays.hashCode(bytes));
        }
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(element(i));
        }
        return text.append('}').toString();
    }

    private String element(int index) {
        return type.dtype().isFloating() ? Double.toString(doubleAt(index)) : Long.toString(longAt(index));
    }
}
