package dev.keratin.random;

import dev.keratin.Configuration;
import dev.keratin.GraphNode;
import dev.keratin.Operation;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.RandomBits;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers under their {@code keras.random} names. Each function draws once from a {@link SeedGenerator}, or from a
 * global one if none is given. Uniform numbers, whole numbers, shuffles and dropout masks are the same bit for bit on
 * every backend; the others but for the rounding of its logarithm and so on.
 */
public final class Random {
    private static final int LOW_24 = 0xffffff;
    private static final double STEP_24 = 0x1p-24;
    private static final double WITHIN_TWO_SIGMA = 0.954499736103641585;
    private static final int GAMMA_TRIES = 8;

    private static @Nullable SeedGenerator global;

    private Random() {}

    /** Makes everything random that follows depend on nothing but a number; {@code keras.utils.set_random_seed}. */
    public static synchronized void setSeed(long seed) {
        GlobalSeed.set(seed);
        if (global != null) {
            global.reset(GlobalSeed.next());
        } else {
            global = new SeedGenerator();
        }
    }

    /** The source that is drawn from where none is given. */
    public static synchronized SeedGenerator globalGenerator() {
        if (global == null) {
            global = new SeedGenerator();
        }
        return global;
    }

    /** Uniform from 0 (included) to 1 (excluded), floatx, from the global source. */
    public static Tensor uniform(Shape shape) {
        return uniform(shape, 0, 1, Configuration.floatx(), globalGenerator());
    }

    /** Uniform from {@code minval} (included) to {@code maxval} (excluded): multiples of 2^-24 of the distance. */
    public static Tensor uniform(Shape shape, double minval, double maxval, DType dtype, SeedGenerator seed) {
        DType computed = wide(dtype);
        Tensor unit = Ops.multiply(Ops.cast(upper24(seed.bits(shape)), computed), STEP_24);
        Tensor scaled = minval == 0 && maxval == 1 ? unit : Ops.add(Ops.multiply(unit, maxval - minval), minval);
        return Ops.cast(scaled, dtype);
    }

    /** Normal with mean 0 and standard deviation 1, floatx, from the global source. */
    public static Tensor normal(Shape shape) {
        return normal(shape, 0, 1, Configuration.floatx(), globalGenerator());
    }

    /** Normal with a mean and standard deviation. */
    public static Tensor normal(Shape shape, double mean, double stddev, DType dtype, SeedGenerator seed) {
        return bell(seed.bits(shape), 1, mean, stddev, dtype);
    }

    /** Normal, given that it lies within two standard deviations of the mean; floatx, from the global source. */
    public static Tensor truncatedNormal(Shape shape) {
        return truncatedNormal(shape, 0, 1, Configuration.floatx(), globalGenerator());
    }

    /** Normal with a mean and standard deviation, given that it lies within two standard deviations of the mean. */
    public static Tensor truncatedNormal(Shape shape, double mean, double stddev, DType dtype, SeedGenerator seed) {
        return bell(seed.bits(shape), WITHIN_TWO_SIGMA, mean, stddev, dtype);
    }

    /** Whole numbers from {@code minval} (included) to {@code maxval} (excluded) as int32, from the global source. */
    public static Tensor randint(Shape shape, int minval, int maxval) {
        return randint(shape, minval, maxval, DType.INT32, globalGenerator());
    }

    /** Whole numbers from {@code minval} (included) to {@code maxval} (excluded), at most 2^31 of them. */
    public static Tensor randint(Shape shape, long minval, long maxval, DType dtype, SeedGenerator seed) {
        long count = maxval - minval;
        if (count < 1 || count > 1L << 31) {
            throw new IllegalArgumentException("randint: 1 to 2^31 numbers from minval to maxval are required. Received: minval="
                    + minval + ", maxval=" + maxval + ". Exchange them or draw in two steps.");
        }
        Tensor word = Ops.bitwiseAnd(Ops.cast(seed.bits(shape), DType.INT64), whole(0xffffffffL));
        Tensor index = Ops.bitwiseRightShift(Ops.multiply(word, whole(count)), whole(32));
        return Ops.cast(Ops.add(index, whole(minval)), dtype);
    }

    /**
     * Classes drawn with probabilities {@code softmax(logits)}: int64 [batch, numSamples].
     *
     * @param logits [batch, classes]
     */
    public static Tensor categorical(Tensor logits, int numSamples, SeedGenerator seed) {
        if (logits.rank() != 2) {
            throw new IllegalArgumentException("categorical: logits [batch, classes] are required. Received: " + logits.type()
                    + ". Use reshape.");
        }
        Shape shape = Shape.of(logits.shape().dim(0), numSamples, logits.shape().dim(1));
        Tensor gumbel = Ops.negative(Ops.log(Ops.negative(Ops.log(open(seed.bits(shape), DType.FLOAT32)))));
        Tensor scores = Ops.add(Ops.expandDims(Ops.cast(logits, DType.FLOAT32), 1), gumbel);
        return Ops.cast(Ops.argmax(scores, -1), DType.INT64);
    }

    /** {@link #dropout(Tensor, double, Shape, SeedGenerator)} of each element, from the global source. */
    public static Tensor dropout(Tensor x, double rate) {
        return dropout(x, rate, globalGenerator());
    }

    /** {@link #dropout(Tensor, double, Shape, SeedGenerator)} of each element. */
    public static Tensor dropout(Tensor x, double rate, SeedGenerator seed) {
        return dropout(x, rate, null, seed);
    }

    /**
     * Sets elements to 0 with probability {@code rate} and divides the others by {@code 1 - rate}.
     *
     * @param noiseShape stretches to the shape of x: elements that share a place in it share their fate; an unknown
     *     length is that of x; null is the shape of x
     */
    public static Tensor dropout(Tensor x, double rate, @Nullable Shape noiseShape, SeedGenerator seed) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("dropout: a rate from 0 to 1 is required. Received: " + rate
                    + ". It is the part that is dropped.");
        }
        if (x.isSymbolic()) {
            return GraphNode.call(new Dropout(rate, noiseShape, seed), List.of(x)).get(0);
        } else if (rate == 0) {
            return x;
        } else if (rate == 1) {
            return Ops.zerosLike(x);
        }
        Tensor draw = Ops.bitwiseAnd(seed.bits(noise(x, noiseShape)), Ops.scalar(DType.INT32, LOW_24));
        Tensor kept = Ops.greaterEqual(draw, Math.rint(rate / STEP_24));
        return Ops.where(kept, Ops.multiply(x, 1 / (1 - rate)), 0);
    }

    /** The slices along an axis in random order. */
    public static Tensor shuffle(Tensor x, int axis, SeedGenerator seed) {
        Tensor order = Ops.argsort(seed.bits(Shape.of(x.shape().dim(axis))));
        return Ops.take(x, order, axis);
    }

    /** {@link #shuffle(Tensor, int, SeedGenerator)} along the first axis, from the global source. */
    public static Tensor shuffle(Tensor x) {
        return shuffle(x, 0, globalGenerator());
    }

    /**
     * Gamma distributed with shape parameter alpha and scale 1 (Marsaglia and Tsang, 2000; after eight rejections, one
     * time in 10^10, the mode).
     *
     * @param alpha positive; stretches to the shape
     */
    public static Tensor gamma(Shape shape, Tensor alpha, DType dtype, SeedGenerator seed) {
        Tensor drawn = seed.bits(Shape.of(2 * GAMMA_TRIES + 1).concat(shape));
        Tensor parameter = Ops.broadcastTo(Ops.cast(alpha, DType.FLOAT32), shape);
        Tensor raised = Ops.where(Ops.less(parameter, 1), Ops.add(parameter, 1), parameter);
        Tensor d = Ops.subtract(raised, 1.0 / 3);
        Tensor c = Ops.rsqrt(Ops.multiply(d, 9));
        Tensor result = d;
        for (int i = GAMMA_TRIES - 1; i >= 0; i--) {
            Tensor x = bell(Ops.take(drawn, 2 * i, 0), 1, 0, 1, DType.FLOAT32);
            Tensor cube = Ops.power(Ops.add(Ops.multiply(x, c), 1), 3);
            Tensor bound = Ops.add(Ops.multiply(Ops.square(x), 0.5), Ops.multiply(d,
                    Ops.add(Ops.subtract(1, cube), Ops.log(Ops.maximum(cube, Float.MIN_NORMAL)))));
            Tensor accepted = Ops.less(Ops.log(open(Ops.take(drawn, 2 * i + 1, 0), DType.FLOAT32)), bound);
            result = Ops.where(Ops.logicalAnd(accepted, Ops.greater(cube, 0)), Ops.multiply(d, cube), result);
        }
        Tensor boost = Ops.power(open(Ops.take(drawn, 2 * GAMMA_TRIES, 0), DType.FLOAT32), Ops.reciprocal(parameter));
        return Ops.cast(Ops.where(Ops.less(parameter, 1), Ops.multiply(result, boost), result), dtype);
    }

    /**
     * Beta distributed: {@code a / (a + b)} of two gamma distributed numbers.
     *
     * @param alpha positive; stretches to the shape; beta likewise
     */
    public static Tensor beta(Shape shape, Tensor alpha, Tensor beta, DType dtype, SeedGenerator seed) {
        Tensor a = gamma(shape, alpha, DType.FLOAT32, seed);
        Tensor b = gamma(shape, beta, DType.FLOAT32, seed);
        return Ops.cast(Ops.divide(a, Ops.add(a, b)), dtype);
    }

    /**
     * How many of {@code counts} tries succeed, each with probability {@code probabilities}; takes as many steps as the
     * largest count.
     *
     * @param counts not negative; stretches to the shape; probabilities likewise
     */
    public static Tensor binomial(Shape shape, Tensor counts, Tensor probabilities, DType dtype, SeedGenerator seed) {
        Tensor state = seed.next();
        Tensor tries = Ops.broadcastTo(Ops.cast(counts, DType.INT32), shape);
        Tensor chance = Ops.broadcastTo(Ops.cast(probabilities, DType.FLOAT32), shape);
        Tensor most = Ops.max(tries);
        Tensor stream = Ops.constant(Literal.longs(DType.INT64, 0, 1L << 40));
        List<Tensor> end = Ops.whileLoop(s -> Ops.less(s.get(0), most), s -> {
            Tensor bits = Ops.apply(new RandomBits(shape), s.get(2));
            Tensor unit = Ops.multiply(Ops.cast(upper24(bits), DType.FLOAT32), STEP_24);
            Tensor success = Ops.logicalAnd(Ops.less(unit, chance), Ops.less(s.get(0), tries));
            return List.of(Ops.add(s.get(0), 1), Ops.add(s.get(1), Ops.cast(success, DType.INT32)), Ops.add(s.get(2), stream));
        }, List.of(Ops.scalar(DType.INT32, 0), Ops.zeros(shape, DType.INT32), state));
        return Ops.cast(end.get(1), dtype);
    }

    /** Normal numbers from bits: the inverse of the distribution function, over the middle part of the probabilities. */
    private static Tensor bell(Tensor bits, double middle, double mean, double stddev, DType dtype) {
        Tensor odd = Ops.subtract(Ops.multiply(upper24(bits), 2), LOW_24);
        Tensor centred = Ops.multiply(Ops.cast(odd, wide(dtype)), STEP_24 * middle);
        return Ops.cast(Ops.add(Ops.multiply(Ops.erfinv(centred), Math.sqrt(2) * stddev), mean), dtype);
    }

    /** Uniform between 0 and 1, both excluded: odd multiples of 2^-24. */
    private static Tensor open(Tensor bits, DType dtype) {
        return Ops.multiply(Ops.cast(Ops.bitwiseOr(upper24(bits), Ops.scalar(DType.INT32, 1)), dtype), STEP_24);
    }

    /** The upper 24 bits as numbers from 0 on. */
    private static Tensor upper24(Tensor bits) {
        Tensor shifted = Ops.apply(new Binary(BinaryKind.SHIFT_RIGHT), bits, Ops.scalar(DType.INT32, 8));
        return Ops.bitwiseAnd(shifted, Ops.scalar(DType.INT32, LOW_24));
    }

    private static DType wide(DType dtype) {
        return dtype == DType.FLOAT64 ? dtype : DType.FLOAT32;
    }

    private static Tensor whole(long value) {
        return Ops.constant(Literal.splat(TensorType.of(DType.INT64), value));
    }

    private static Shape noise(Tensor x, @Nullable Shape noiseShape) {
        Shape shape = noiseShape == null ? x.shape() : noiseShape;
        for (int axis = 0; axis < shape.rank(); axis++) {
            shape = shape.dim(axis) == Shape.UNKNOWN ? shape.with(axis, x.shape().dim(axis)) : shape;
        }
        return shape;
    }

    /** Dropout of a placeholder. */
    private record Dropout(double rate, @Nullable Shape noiseShape, SeedGenerator seed) implements Operation {
        @Override
        public String name() {
            return "dropout";
        }

        @Override
        public List<Tensor> replay(List<Tensor> inputs, boolean training, Set<String> flags) {
            return List.of(dropout(inputs.get(0), rate, noiseShape, seed));
        }
    }
}
