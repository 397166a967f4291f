package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How many neighbouring elements a thread reads and writes at once. */
final class Packs {
    /** Bytes that a thread moves at once at most, and multiples of which packs begin at. */
    private static final int BYTES = 16;
    /** Elements of one thread at most, which have to fit its registers. */
    private static final int MOST = 8;

    private Packs() {}

    /** As many elements as fill 16 bytes of the widest of some values, if all are aligned; else 1. */
    static int width(List<Value> values, Code code) {
        int bytes = values.stream().mapToInt(value -> value.type().dtype().byteSize()).max().orElse(BYTES);
        return values.stream().allMatch(value -> isAligned(value, code)) ? Math.min(MOST, BYTES / bytes) : 1;
    }

    /** The same for lines of neighbouring elements, each of which consists of whole packs. */
    static int width(List<Value> values, long length, Code code) {
        int width = width(values, code);
        while (length % width != 0) {
            width /= 2;
        }
        return width;
    }

    /**
     * How many neighbouring elements are moved at once: up to 16 bytes.
     *
     * @param bytes of an element
     * @param length what consists of whole packs
     * @param ends where the elements begin that are read and written, or begin at a multiple of the length from there
     */
    static int moved(int bytes, long length, Code code, Slot... ends) {
        int width = BYTES / bytes;
        while (width > 1 && (length % width != 0 || !areAligned(ends, width * bytes, code))) {
            width /= 2;
        }
        return width;
    }

    private static boolean areAligned(Slot[] ends, int bytes, Code code) {
        return Stream.of(ends).allMatch(end -> code.isAligned(end, bytes));
    }

    /** Those of some values that are read element by element in a space. */
    static List<Value> read(List<Value> values, Shape space, Code code) {
        return values.stream().filter(value -> value.type().shape().size() == space.size()
                && code.literal(value).filter(Literal::isSplat).isEmpty()).toList();
    }

    /** Whether packs at the start of a value are aligned in every run. */
    static boolean isAligned(Value value, Code code) {
        return code.isAligned(value, BYTES) && code.slot(value).offset() % BYTES == 0;
    }

    /** Whether views with these strides consist of whole packs of neighbouring elements, if their last axis does. */
    static boolean areWhole(long[] strides, int width) {
        return strides[strides.length - 1] == 1
                && LongStream.of(strides).limit(strides.length - 1L).allMatch(stride -> stride % width == 0);
    }
}
