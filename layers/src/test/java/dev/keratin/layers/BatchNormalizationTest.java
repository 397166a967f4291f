package dev.keratin.layers;

import static dev.keratin.layers.Layers.batchNormalization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Tensor;
import dev.keratin.Variable;
import org.junit.jupiter.api.Test;

class BatchNormalizationTest {
    private static final float ROUNDING = 1e-5f;

    private final Tensor x = Tensor.of(new float[][] {{1}, {5}});

    private static double value(BatchNormalization layer, String name) {
        return layer.weights().stream().filter(weight -> weight.name().equals(name)).map(Variable::value)
                .findFirst().orElseThrow().toFloatArray()[0];
    }

    @Test
    void call_inTraining_usesTheBatchAndMovesTheAverages() {
        BatchNormalization layer = batchNormalization().momentum(0.9);
        float expected = (float) (2 / Math.sqrt(4.001));
        assertThat(layer.call(x, true).toFloatArray()).containsExactly(new float[] {-expected, expected}, within(ROUNDING));
        assertThat(value(layer, "moving_mean")).isCloseTo(0.3, within(1e-6));
        assertThat(value(layer, "moving_variance")).isCloseTo(0.9 + 0.1 * 4, within(1e-6));
    }

    @Test
    void call_outsideOfTraining_usesTheAveragesAndLeavesThem() {
        BatchNormalization layer = batchNormalization().epsilon(0);
        assertThat(layer.call(x, false).toFloatArray()).containsExactly(new float[] {1, 5}, within(ROUNDING));
        assertThat(value(layer, "moving_mean")).isZero();
    }

    @Test
    void call_inTrainingWhileFrozen_usesTheAveragesAndLeavesThem() {
        BatchNormalization layer = batchNormalization().epsilon(0).trainable(false);
        assertThat(layer.call(x, true).toFloatArray()).containsExactly(new float[] {1, 5}, within(ROUNDING));
        assertThat(value(layer, "moving_mean")).isZero();
    }

    @Test
    void call_inTrainingWithMask_countsTheStepsThatCount() {
        BatchNormalization layer = batchNormalization().momentum(0.9);
        Tensor steps = Tensor.of(new float[] {1, 5, 100}, 1, 3, 1);
        steps.attachMask(Tensor.of(new boolean[] {true, true, false}, 1, 3));
        float deviation = (float) Math.sqrt(4.001);
        assertThat(layer.call(steps, true).toFloatArray())
                .containsExactly(new float[] {-2 / deviation, 2 / deviation, 97 / deviation}, within(1e-4f));
        assertThat(value(layer, "moving_mean")).isCloseTo(0.3, within(1e-6));
        assertThat(value(layer, "moving_variance")).isCloseTo(1.3, within(1e-6));
    }

    @Test
    void call_inTrainingWithRenorm_correctsTowardsTheAverages() {
        BatchNormalization layer = batchNormalization().renorm(true).momentum(0.9);
        float[] first = layer.call(x, true).toFloatArray();
        assertThat(first).containsExactly(new float[] {1, 5}, within(1e-2f));
        assertThat(value(layer, "renorm_mean")).isCloseTo(0.03, within(1e-6));
        assertThat(value(layer, "moving_variance")).isCloseTo(Math.pow(0.9 + 0.1 * Math.sqrt(4.001), 2) - 0.001, within(1e-5));
    }

    @Test
    void call_axisThatIsNotThere_saysWhichAxesThereAre() {
        assertThatThrownBy(() -> batchNormalization().axis(2).name("bn").call(x, false))
                .hasMessage("BatchNormalization \"bn\": an input that has the axis 2 is required. Received: float32[2, 1] of rank 2."
                        + " Change axis(...) or the input's shape.");
    }

    @Test
    void call_otherChannelsThanBuiltFor_isRefused() {
        BatchNormalization layer = batchNormalization().name("bn");
        layer.call(x, false);
        assertThatThrownBy(() -> layer.call(Tensor.of(new float[][] {{1, 2}}), false))
                .hasMessageContainingAll("BatchNormalization \"bn\"", "last axis 1", "float32[1, 2]");
    }
}
