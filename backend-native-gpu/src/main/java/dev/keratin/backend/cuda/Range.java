package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Optional;

/** Whole numbers from {@code low} to {@code high}, both included; those that elements have, or may have. */
record Range(long low, long high) {
    /** More elements are not looked at; as many take less time to look at than to copy to a device. */
    private static final int MOST = 1 << 26;

    /** Whether elements of a type can be indices. */
    static boolean isOfIndices(DType dtype) {
        return dtype == DType.INT32 || dtype == DType.INT64;
    }

    /** That of the elements of a buffer, if they can be indices. */
    static Optional<Range> of(DType dtype, ByteBuffer elements) {
        int count = elements.remaining() / dtype.byteSize();
        if (count == 0 || count > MOST || !isOfIndices(dtype)) {
            return Optional.empty();
        }
        ByteBuffer bytes = elements.slice().order(ByteOrder.LITTLE_ENDIAN);
        return Optional.of(dtype == DType.INT32 ? of(bytes.asIntBuffer()) : of(bytes.asLongBuffer()));
    }

    private static Range of(IntBuffer elements) {
        int low = elements.get(0);
        int high = low;
        for (int i = 1; i < elements.limit(); i++) {
            low = Math.min(low, elements.get(i));
            high = Math.max(high, elements.get(i));
        }
        return new Range(low, high);
    }

    private static Range of(LongBuffer elements) {
        long low = elements.get(0);
        long high = low;
        for (int i = 1; i < elements.limit(); i++) {
            low = Math.min(low, elements.get(i));
            high = Math.max(high, elements.get(i));
        }
        return new Range(low, high);
    }

    /** Whether all numbers of this are in another one. */
    boolean isWithin(Range other) {
        return low >= other.low && high <= other.high;
    }

    /** The least range with both. */
    Range with(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }
}
