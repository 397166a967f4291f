package dev.keratin.random;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.RandomBits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A source of random numbers: a seed and how often it was drawn from, held in a variable, so that drawing works in
 * compiled steps too. A seed gives the same numbers on every backend.
 *
 * <p>For use by one thread at a time.
 */
public final class SeedGenerator {
    private final Variable state;

    /** A source with a seed drawn from {@link GlobalSeed}. */
    public SeedGenerator() {
        this(GlobalSeed.next());
    }

    /** A source that depends on nothing but the seed. */
    public SeedGenerator(long seed) {
        this.state = new Variable(TensorType.of(DType.INT64, 2), start(seed), false, "seed_generator_state");
    }

    /** The seed and the number of draws so far: int64 [2]. */
    public Variable state() {
        return state;
    }

    /** Starts again with a seed. */
    public void reset(long seed) {
        state.assign(start(seed));
    }

    /**
     * The state to draw from, after which the source stands one draw further. The tensor is the caller's.
     *
     * @throws IllegalStateException inside of a body of a loop or condition; draw outside and pass the numbers in
     */
    public Tensor next() {
        Tensor before = Ops.add(state.value(), Ops.constant(Literal.longs(DType.INT64, 0, 0)));
        advance();
        return before;
    }

    /** Uniform random bits: int32 of a shape, from one draw. */
    public Tensor bits(Shape shape) {
        Tensor bits = Ops.apply(new RandomBits(shape), state.value());
        advance();
        return bits;
    }

    private void advance() {
        state.assignAdd(Ops.constant(Literal.longs(DType.INT64, 0, 1)));
    }

    private static ByteBuffer start(long seed) {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(seed).putLong(0).flip();
    }
}
