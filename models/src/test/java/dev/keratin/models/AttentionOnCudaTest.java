package dev.keratin.models;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.embedding;
import static dev.keratin.layers.Layers.globalAveragePooling1d;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.layers.Layers.multiHeadAttention;
import static dev.keratin.models.Models.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Configuration;
import dev.keratin.DTypePolicy;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.spi.Executable;
import dev.keratin.data.Batch;
import dev.keratin.optimizers.SGD;
import dev.keratin.random.Random;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A layer of attention in 16 bits, by cuDNN's graphs on a faked device, trains as on the interpreter. */
class AttentionOnCudaTest extends OnFakedCuda {
    private static final int STEPS = 64;
    private static final int BATCH = 2;
    /** Relative to 1 or the loss: scores are rounded to 16 bits on one side, and not on the other. */
    private static final double NEAR = 5e-3;

    @AfterEach
    void restorePolicy() {
        Configuration.setDTypePolicy((DTypePolicy) null);
    }

    @ParameterizedTest
    @CsvSource({"mixed_bfloat16, false, true", "mixed_bfloat16, true, false", "mixed_float16, true, true"})
    void losses_onCuda_areThoseOfTheInterpreter(String policy, boolean causal, boolean masked) {
        Configuration.setDTypePolicy(policy);
        use(JAVA);
        List<Double> expected = losses(causal, masked, 0);
        use("cuda");
        List<Double> actual = losses(causal, masked, 2);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Math.abs(actual.get(i) - expected.get(i))).as("loss %d: %s, expected %s", i, actual, expected)
                    .isLessThan(NEAR * Math.max(1, expected.get(i)));
        }
        assertThat(expected.get(3)).as("it learns").isLessThan(expected.get(0) - 10 * NEAR);
    }

    /** Of some steps on one batch. */
    private static List<Double> losses(boolean causal, boolean masked, int routines) {
        Random.setSeed(5);
        Tensor in = input(DType.INT32, STEPS);
        Tensor x = embedding(30, 16).maskZero(masked).apply(in);
        Tensor attended = multiHeadAttention(2, 8).useCausalMask(causal).apply(x, x);
        Model model = model(in, dense(3).apply(globalAveragePooling1d().apply(attended)));
        model.compile(new SGD(0.2), "mse");
        List<Double> losses = new ArrayList<>();
        try (Batch batch = batch()) {
            for (int i = 0; i < 4; i++) {
                losses.add(model.trainOnBatch(batch).get("loss"));
            }
            try (Executable step = model.trainProgram(batch)) {
                assertThat(step.explain().lines().filter(line -> line.contains("[2, 64, 2, 8]") && line.contains("Fusion[ROUTINE]"))).hasSize(routines);
            }
        }
        return losses;
    }

    /** Tokens, of which the last ones of a sequence are 0, and random targets. */
    private static Batch batch() {
        int[] tokens = new int[BATCH * STEPS];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = i % STEPS < 40 + 10 * (i / STEPS) ? 1 + i * 7 % 29 : 0;
        }
        return Batch.of(Tensor.of(tokens, BATCH, STEPS), Tensor.of(new float[] {1, -1, 2, 0.5f, 1, -2}, BATCH, 3));
    }
}
