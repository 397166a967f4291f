package dev.keratin.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Backends;
import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Philox;
import dev.keratin.backend.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RandomTest {
    private static final int MANY = 20_000;
    /** Five standard errors of a mean of MANY numbers with standard deviation 1. */
    private static final double FIVE_SIGMA = 5 / Math.sqrt(MANY);
    private static final long SEED = 1234;

    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    static Stream<Arguments> distributions() {
        Shape shape = Shape.of(MANY);
        SeedGenerator seed = new SeedGenerator(SEED);
        DType type = DType.FLOAT32;
        return Stream.of(
                Arguments.of("uniform", Random.uniform(shape, -1, 3, type, seed), 1, 4 / Math.sqrt(12)),
                Arguments.of("normal", Random.normal(shape, 2, 0.5, type, seed), 2, 0.5),
                Arguments.of("truncatedNormal", Random.truncatedNormal(shape, 0, 1, type, seed), 0, 0.8796),
                Arguments.of("randint", Random.randint(shape, -3, 5, DType.INT32, seed), 0.5, Math.sqrt(63 / 12.0)),
                Arguments.of("gamma", Random.gamma(shape, Tensor.of(3f), type, seed), 3, Math.sqrt(3)),
                Arguments.of("gamma below 1", Random.gamma(shape, Tensor.of(0.5f), type, seed), 0.5, Math.sqrt(0.5)),
                Arguments.of("beta", Random.beta(shape, Tensor.of(2f), Tensor.of(3f), type, seed), 0.4, 0.2),
                Arguments.of("binomial", Random.binomial(shape, Tensor.of(10), Tensor.of(0.3f), type, seed), 3, Math.sqrt(2.1)),
                Arguments.of("categorical", Random.categorical(Tensor.of(new float[][] {{0, (float) Math.log(3)}}), MANY, seed),
                        0.75, Math.sqrt(3) / 4),
                Arguments.of("dropout", Random.dropout(Ops.ones(shape), 0.25, seed), 1, Math.sqrt(1 / 0.75 - 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void draws_manyOfThem_haveMeanAndDeviation(String name, Tensor drawn, double mean, double deviation) {
        assertThat(Ops.mean(drawn).item()).isCloseTo(mean, within(FIVE_SIGMA * deviation));
        assertThat(Ops.std(drawn).item()).isCloseTo(deviation, within(2 * FIVE_SIGMA * deviation));
    }

    @Test
    void uniform_isTheUpperBitsOfPhilox() {
        float[] drawn = Random.uniform(Shape.of(6), 0, 1, DType.FLOAT32, new SeedGenerator(SEED)).toFloatArray();
        int[] words = Philox.words(SEED, 0, 6);
        for (int i = 0; i < drawn.length; i++) {
            assertThat(drawn[i]).isEqualTo((words[i] >>> 8) * 0x1p-24f);
        }
    }

    @Test
    void draws_oneAfterAnother_differAndRepeatWithTheSeed() {
        SeedGenerator seed = new SeedGenerator(SEED);
        float[] first = Random.normal(Shape.of(4), 0, 1, DType.FLOAT32, seed).toFloatArray();
        float[] second = Random.normal(Shape.of(4), 0, 1, DType.FLOAT32, seed).toFloatArray();
        assertThat(second).isNotEqualTo(first);
        assertThat(seed.state().value().toLongArray()).containsExactly(SEED, 2);
        seed.reset(SEED);
        assertThat(Random.normal(Shape.of(4), 0, 1, DType.FLOAT32, seed).toFloatArray()).containsExactly(first);
    }

    @Test
    void dropout_compiledStep_drawsAnewEachTimeAndAsEager() {
        SeedGenerator eager = new SeedGenerator(SEED);
        SeedGenerator traced = new SeedGenerator(SEED);
        Tensor x = Ops.ones(8, 8);
        try (CompiledFunction step = new CompiledFunction(in -> List.of(Random.dropout(in.get(0), 0.5, traced)))) {
            for (int i = 0; i < 3; i++) {
                assertThat(step.call(List.of(x)).get(0).toFloatArray())
                        .containsExactly(Random.dropout(x, 0.5, eager).toFloatArray());
            }
        }
        assertThat(traced.state().value().toLongArray()).containsExactly(SEED, 3);
    }

    @Test
    void dropout_noiseShape_sharesFates() {
        float[] dropped = Random.dropout(Ops.ones(4, 50), 0.5, Shape.of(Shape.UNKNOWN, 1), new SeedGenerator(SEED)).toFloatArray();
        for (int row = 0; row < 4; row++) {
            float fate = dropped[row * 50];
            assertThat(Arrays.copyOfRange(dropped, row * 50, row * 50 + 50)).containsOnly(fate);
        }
    }

    @Test
    void setSeed_globalDraws_repeat() {
        Random.setSeed(5);
        float[] first = Random.uniform(Shape.of(3)).toFloatArray();
        Random.setSeed(5);
        assertThat(Random.uniform(Shape.of(3)).toFloatArray()).containsExactly(first);
    }

    @Test
    void shuffle_keepsElements() {
        int[] shuffled = Random.shuffle(Ops.arange(20), 0, new SeedGenerator(SEED)).toIntArray();
        assertThat(shuffled).isNotEqualTo(Ops.arange(20).toIntArray());
        Arrays.sort(shuffled);
        assertThat(shuffled).containsExactly(Ops.arange(20).toIntArray());
    }

    @Test
    void arguments_outOfRange_areRefused() {
        assertThatThrownBy(() -> Random.dropout(Ops.ones(2), 1.5)).hasMessage(
                "dropout: a rate from 0 to 1 is required. Received: 1.5. It is the part that is dropped.");
        assertThatThrownBy(() -> Random.randint(Shape.of(1), 3, 3)).hasMessageStartingWith("randint: ")
                .hasMessageContaining("Received: minval=3, maxval=3.");
    }
}
