package dev.keratin.layers;

import static dev.keratin.layers.Layers.alphaDropout;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.gaussianDropout;
import static dev.keratin.layers.Layers.gaussianNoise;
import static dev.keratin.layers.Layers.spatialDropout1d;
import static dev.keratin.layers.Layers.spatialDropout2d;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Backends;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Trace;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.RandomBits;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final int COUNT = 10_000;

    private final Tensor ones = Ops.ones(10, COUNT / 10);

    private static double part(float[] elements, float value) {
        int count = 0;
        for (float element : elements) {
            count += element == value ? 1 : 0;
        }
        return (double) count / elements.length;
    }

    @Test
    void call_inTraining_dropsTheRateAndScalesTheRest() {
        float[] y = dropout(0.2).seed(1).call(ones, true).toFloatArray();
        assertThat(part(y, 0)).isCloseTo(0.2, within(0.02));
        assertThat(part(y, 1.25f)).isCloseTo(0.8, within(0.02));
        assertThat(part(y, 0) + part(y, 1.25f)).isEqualTo(1, within(1e-9));
    }

    @Test
    void call_outsideOfTraining_changesNothing() {
        assertThat(dropout(0.5).call(ones, false)).isSameAs(ones);
        assertThat(dropout(0).call(ones, true)).isSameAs(ones);
    }

    @Test
    void call_again_drawsAnew() {
        Dropout layer = dropout(0.5).seed(1);
        assertThat(layer.call(ones, true).toFloatArray()).isNotEqualTo(layer.call(ones, true).toFloatArray());
    }

    @Test
    void call_sameSeedOnEachBackend_givesTheSameBits() {
        String before = Backends.current().name();
        float[] expected = null;
        try {
            for (String backend : Backends.available()) {
                Backends.use(backend);
                float[] y = dropout(0.3).seed(7).call(Ops.ones(100), true).toFloatArray();
                expected = expected == null ? y : expected;
                assertThat(y).as(backend).isEqualTo(expected);
            }
        } finally {
            Backends.use(before);
        }
    }

    @Test
    void program_ofDropout_isBitsAndOneElementwiseKernel() {
        Dropout layer = dropout(0.3).seed(7);
        layer.buildFor(Shape.of(8, 16));
        try (Trace trace = Trace.begin()) {
            Tensor y = layer.call(trace.parameter(TensorType.of(DType.FLOAT32, 8, 16)), true);
            Program program = Compiler.optimize(trace.finish(List.of(y)).program(), FusionPolicy.all());
            List<Node> large = program.nodes().stream().filter(node -> node.output().type().shape().rank() == 2).toList();
            assertThat(large.stream().filter(node -> !(node.op() instanceof RandomBits))).hasSize(1)
                    .allMatch(node -> node.op() instanceof Fusion);
        }
    }

    @Test
    void noiseShape_withAxisOfLengthOne_dropsAlongItTogether() {
        float[] y = dropout(0.5).seed(2).noiseShape(-1, 1).call(Ops.ones(50, 3), true).toFloatArray();
        for (int row = 0; row < 50; row++) {
            assertThat(y[3 * row]).isEqualTo(y[3 * row + 1]).isEqualTo(y[3 * row + 2]);
        }
        assertThat(part(y, 0)).isBetween(0.2, 0.8);
    }

    @Test
    void spatialDropout_dropsWholeChannels() {
        float[] y = spatialDropout1d(0.5).seed(2).call(Ops.ones(1, 4, 50), true).toFloatArray();
        for (int channel = 0; channel < 50; channel++) {
            assertThat(y[channel]).isEqualTo(y[50 + channel]).isEqualTo(y[150 + channel]);
        }
        float[] first = spatialDropout2d(0.5).dataFormat("channels_first").seed(2).call(Ops.ones(1, 50, 2, 2), true).toFloatArray();
        for (int channel = 0; channel < 50; channel++) {
            assertThat(first[4 * channel]).isEqualTo(first[4 * channel + 3]);
        }
        assertThat(part(first, 0)).isBetween(0.2, 0.8);
    }

    @Test
    void noise_hasTheStatedMoments() {
        Tensor zeros = Ops.zeros(10, COUNT / 10);
        assertThat(Ops.std(gaussianNoise(0.5).seed(1).call(zeros, true)).item()).isCloseTo(0.5, within(0.02));
        Tensor y = gaussianDropout(0.2).seed(1).call(ones, true);
        assertThat(Ops.mean(y).item()).isCloseTo(1, within(0.02));
        assertThat(Ops.std(y).item()).isCloseTo(0.5, within(0.02));
        Tensor z = alphaDropout(0.3).seed(1).call(dev.keratin.random.Random.normal(
                Shape.of(COUNT), 0, 1, DType.FLOAT32, new dev.keratin.random.SeedGenerator(5)), true);
        assertThat(Ops.mean(z).item()).isCloseTo(0, within(0.05));
        assertThat(Ops.std(z).item()).isCloseTo(1, within(0.05));
    }

    @Test
    void rate_outOfRange_isRefused() {
        assertThatThrownBy(() -> dropout(1.5)).hasMessage(
                "Dropout: a rate from 0 to 1 is required. Received: 1.5. It is the part that is dropped.");
        assertThatThrownBy(() -> gaussianNoise(-1)).hasMessageContainingAll("GaussianNoise", "from 0 to 1", "-1.0");
    }
}
