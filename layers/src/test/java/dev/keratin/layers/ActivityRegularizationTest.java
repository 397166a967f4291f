package dev.keratin.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Tensor;
import org.junit.jupiter.api.Test;

class ActivityRegularizationTest {
    @Test
    void activityRegularization_inACall_addsToTheLossPerSample() {
        try (CallContext.Losses losses = new CallContext.Losses()) {
            Layers.activityRegularization(0.5, 0.25).call(Tensor.of(new float[][] {{1, -2}, {3, 0}}), true);
            assertThat(losses.terms()).hasSize(1);
            assertThat(losses.terms().get(0).item()).isEqualTo((0.5 * 6 + 0.25 * 14) / 2);
        }
    }
}
