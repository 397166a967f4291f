package dev.keratin.tck;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.spi.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The elements of a tensor, read from a backend.
 *
 * @param type their type and shape
 * @param bytes little-endian
 */
record Sample(TensorType type, ByteBuffer bytes) {
    static Sample of(Buffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(buffer.type().byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        buffer.read(bytes);
        return new Sample(buffer.type(), bytes);
    }

    /**
     * Fails if an element of the other sample is too far from the one here.
     *
     * @param what names the sample in the message
     */
    void requireNear(String what, Sample actual, Tolerance tolerance) {
        long size = type.shape().size();
        int wrong = 0;
        int first = -1;
        for (int i = 0; i < size; i++) {
            if (!isNear(actual, i, tolerance)) {
                first = wrong++ == 0 ? i : first;
            }
        }
        if (wrong > 0) {
            throw new AssertionError(what + " " + type + ": " + wrong + " of " + size + " elements are wrong, the first is "
                    + first + ": expected " + element(first) + ", got " + actual.element(first) + " (" + tolerance + ")");
        }
    }

    private boolean isNear(Sample actual, int index, Tolerance tolerance) {
        if (!type.dtype().isFloating()) {
            return Elements.readLong(bytes, index, type.dtype()) == Elements.readLong(actual.bytes, index, type.dtype());
        }
        return tolerance.accepts(type.dtype(), Elements.read(bytes, index, type.dtype()),
                Elements.read(actual.bytes, index, type.dtype()));
    }

    private String element(int index) {
        return type.dtype().isFloating()
                ? Double.toString(Elements.read(bytes, index, type.dtype()))
                : Long.toString(Elements.readLong(bytes, index, type.dtype()));
    }
}
