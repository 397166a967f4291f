package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Arguments for ops that take indices. */
final class IndexArguments {
    private static final long SEED = 7;

    private IndexArguments() {}

    /** Every element type with both types of indices. */
    static Stream<Arguments> types() {
        return Stream.of(DType.values()).flatMap(type -> Stream.of(DType.INT32, DType.INT64).map(i -> Arguments.of(type, i)));
    }

    /** Random elements. */
    static ByteBuffer elements(TensorType type) {
        return AgainstReference.random(type, new Random(SEED + type.hashCode()), 1);
    }

    /** Random indices, the ones at {@code i} of each tuple below {@code lengths.get(i)}. */
    static ByteBuffer indices(TensorType type, List<Long> lengths) {
        Random random = new Random(SEED);
        ByteBuffer bytes = AgainstReference.empty(type);
        for (int i = 0; i < type.shape().size(); i++) {
            Elements.writeLong(bytes, i, type.dtype(), random.nextInt(lengths.get(i % lengths.size()).intValue()));
        }
        return bytes;
    }

    /** Along the axis a permutation for every line of the other axes. */
    static ByteBuffer permutations(TensorType type, int axis) {
        ByteBuffer bytes = AgainstReference.empty(type);
        Lines lines = Lines.of(type.shape(), axis);
        Random random = new Random(SEED);
        for (int line = 0; line < lines.outer() * lines.inner(); line++) {
            int shift = random.nextInt((int) lines.length());
            for (long k = 0; k < lines.length(); k++) {
                long place = line / lines.inner() * lines.length() * lines.inner() + line % lines.inner() + k * lines.inner();
                Elements.writeLong(bytes, (int) place, type.dtype(), (k + shift) % lines.length());
            }
        }
        return bytes;
    }
}
