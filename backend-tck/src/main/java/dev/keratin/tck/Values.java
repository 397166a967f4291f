package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Where the elements of an operand come from. */
interface Values {
    /** From -1 to 1. */
    Values UNIT = uniform(-1, 1);
    /** Bell-shaped around 0. */
    Values NORMAL = doubles(Random::nextGaussian);
    /** Whole multiples of a half from -6 to 6, 0 left out: quotients are whole or well apart from whole. */
    Values HALVES = doubles(random -> (1 + random.nextInt(12)) / 2.0 * (random.nextBoolean() ? 1 : -1));
    /** False and true. */
    Values BOOLS = doubles(random -> random.nextInt(2));
    /** Few different ones, so that many are equal. */
    Values FEW = doubles(random -> random.nextInt(5));
    /** The ends of the type's range and their neighbours, then any bits; floating types get {@link #SPECIAL}. */
    Values EXTREME = Values::extreme;
    /** NaN, infinities, zeros, the smallest and largest numbers and plain ones, in this order again and again. */
    Values SPECIAL = Values::special;

    /** Puts an element in its place. */
    void put(ByteBuffer bytes, int index, DType type, Random random);

    /** All elements, little-endian. */
    default ByteBuffer fill(TensorType type, Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < type.shape().size(); i++) {
            put(bytes, i, type.dtype(), random);
        }
        return bytes;
    }

    /** Each drawn by itself. */
    static Values doubles(ToDoubleFunction<Random> source) {
        return (bytes, index, type, random) -> Elements.write(bytes, index, type, source.applyAsDouble(random));
    }

    /** Evenly spread. */
    static Values uniform(double low, double high) {
        return doubles(random -> low + random.nextDouble() * (high - low));
    }

    /** Indices from 0 to {@code length - 1}. */
    static Values below(int length) {
        return doubles(random -> random.nextInt(length));
    }

    /** Whole numbers computed from the place. */
    static Values byPlace(LongUnaryOperator function) {
        return (bytes, index, type, random) -> Elements.writeLong(bytes, index, type, function.applyAsLong(index));
    }

    /** The given numbers in order, again from the first one when used up. */
    static Values of(double... values) {
        return (bytes, index, type, random) -> Elements.write(bytes, index, type, values[index % values.length]);
    }

    private static void extreme(ByteBuffer bytes, int index, DType type, Random random) {
        if (type.isFloating()) {
            special(bytes, index, type, random);
            return;
        }
        int width = 8 * type.byteSize();
        long top = 1L << width - 1;
        long[] ends = {0, 1, -1, top, top - 1, top + 1, 2, 3, -7};
        Elements.writeLong(bytes, index, type, index % 32 < ends.length ? ends[index % 32] : random.nextLong());
    }

    private static void special(ByteBuffer bytes, int index, DType type, Random random) {
        double[] values = Specials.of(type);
        Elements.write(bytes, index, type, values[index % values.length]);
    }
}
