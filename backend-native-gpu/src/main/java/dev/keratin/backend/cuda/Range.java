package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Optional;
import java.util.function.IntToLongFunction;

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
        IntBuffer ints = bytes.asIntBuffer();
        LongBuffer longs = bytes.asLongBuffer();
        return Optional.of(dtype == DType.INT32 ? of(count, ints::get) : of(count, longs::get));
    }

    private static Range of(int count, IntToLongFunction element) {
        long low = element.applyAsLong(0);
        long high = low;
        for (int i = 1; i < count; i++) {
            low = Math.min(low, element.applyAsLong(i));
            high = Math.max(high, element.applyAsLong(i));
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
