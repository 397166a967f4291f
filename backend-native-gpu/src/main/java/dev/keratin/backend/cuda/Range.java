package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Whole numbers from {@code low} to {@code high}, both included; those that elements have, or may have. */
record Range(long low, long high) {
    /** More elements are not looked at. */
    private static final int MOST = 1 << 18;

    /** That of the elements of a buffer, if they can be indices, and so few that looking at them costs little. */
    static Optional<Range> of(DType dtype, ByteBuffer elements) {
        int count = elements.remaining() / dtype.byteSize();
        if (count == 0 || count > MOST || dtype != DType.INT32 && dtype != DType.INT64) {
            return Optional.empty();
        }
        ByteBuffer bytes = elements.slice().order(ByteOrder.LITTLE_ENDIAN);
        long low = Elements.readLong(bytes, 0, dtype);
        long high = low;
        for (int i = 1; i < count; i++) {
            long each = Elements.readLong(bytes, i, dtype);
            low = Math.min(low, each);
            high = Math.max(high, each);
        }
        return Optional.of(new Range(low, high));
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
