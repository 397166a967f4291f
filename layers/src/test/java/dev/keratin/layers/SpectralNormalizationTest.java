package dev.keratin.layers;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.spectralNormalization;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import org.junit.jupiter.api.Test;

class SpectralNormalizationTest {
    private final Tensor x = Ops.ones(1, 2);

    @Test
    void call_inTraining_bringsTheLargestSingularValueToOne() {
        Dense inner = dense(2);
        SpectralNormalization layer = spectralNormalization(inner).powerIterations(50);
        layer.call(x, false);
        inner.kernel().assign(Tensor.of(new float[][] {{3, 0}, {0, 1}}));
        layer.call(x, false);
        assertThat(inner.kernel().value().toFloatArray()).containsExactly(3, 0, 0, 1);
        layer.call(x, true);
        assertThat(inner.kernel().value().toFloatArray()).containsExactly(new float[] {1, 0, 0, 1 / 3f}, within(1e-4f));
    }

    @Test
    void call_kernelOfZeros_leavesItAsItIs() {
        Dense inner = dense(2).kernelInitializer("zeros");
        spectralNormalization(inner).call(x, true);
        assertThat(inner.kernel().value().toFloatArray()).containsOnly(0);
    }

    @Test
    void call_roundALayerWithoutKernel_isRefused() {
        assertThatThrownBy(() -> spectralNormalization(flatten().name("f")).call(x, false))
                .hasMessageContainingAll("SpectralNormalization", "kernel or embeddings", "Flatten \"f\"", "Dense");
    }
}
