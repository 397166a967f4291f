package dev.keratin.layers;

import static dev.keratin.layers.Layers.centerCrop;
import static dev.keratin.layers.Layers.randomFlip;
import static dev.keratin.layers.Layers.randomRotation;
import static dev.keratin.layers.Layers.resizing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Backends;
import dev.keratin.CompiledFunction;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ImageLayersTest {
    /** Sines and cosines of quarter turns are off by their rounding times the size of the image. */
    private static final Offset<Float> CLOSE = within(1e-5f);
    private static final int MANY = 1000;
    /** Four standard deviations of a part of 1000 that is 1/2. */
    private static final Offset<Double> HALF = within(0.064);

    /** Images [batch, 2, 2, 1] with 1, 2 above 3, 4. */
    private static Tensor squares(int batch) {
        return Ops.reshape(Ops.tile(Tensor.of(new float[] {1, 2, 3, 4}, 4), batch), batch, 2, 2, 1);
    }

    private static double partOf(Tensor images, float... image) {
        Tensor rows = Ops.reshape(images, -1, image.length);
        return Ops.mean(Ops.cast(Ops.all(Ops.equal(rows, Tensor.of(image, image.length)), 1), DType.FLOAT32)).item();
    }

    @Test
    void contract_eachLayer_isKept() {
        LayerContract.of(() -> resizing(3, 2)).input(4, 5, 2).dropsMask().check();
        LayerContract.of(() -> centerCrop(3, 2)).input(4, 5, 2).dropsMask().check();
        LayerContract.of(() -> centerCrop(6, 2)).input(4, 5, 2).dropsMask().check();
        LayerContract.of(() -> randomFlip("vertical").seed(3)).input(4, 5, 2).dropsMask().check();
        LayerContract.of(() -> randomRotation(0.1, 0.3).fillMode("nearest").interpolation("nearest")).input(4, 5, 2)
                .dropsMask().check();
    }

    @Test
    void resizing_bytes_areRoundedAndStayBytes() {
        Tensor row = Ops.cast(Tensor.of(new int[] {0, 3}, 1, 2, 1), DType.UINT8);
        Tensor wider = resizing(1, 4).apply(row);
        assertThat(wider.dtype()).isEqualTo(DType.UINT8);
        assertThat(Ops.cast(wider, DType.FLOAT32).toFloatArray()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void resizing_bytesBeyondTheirLimits_areCutOff() {
        Tensor row = Ops.cast(Tensor.of(new int[] {0, 0, 255, 255}, 1, 4, 1), DType.UINT8);
        float[] wider = Ops.cast(resizing(1, 8).interpolation("bicubic").apply(row), DType.FLOAT32).toFloatArray();
        assertThat(wider[2]).isZero();
        assertThat(wider[5]).isEqualTo(255);
    }

    @Test
    void resizing_bothWaysToKeepTheRatio_isRefused() {
        Resizing layer = resizing(2, 3).cropToAspectRatio(true).padToAspectRatio(true);
        assertThatThrownBy(() -> layer.apply(squares(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one way to keep the aspect ratio is required. Received: both").hasMessageContaining("Leave one out");
    }

    @Test
    void settings_thatKerasDoesNotKnow_areRefused() {
        assertThatThrownBy(() -> resizing(2, 3).fillMode("reflect")).hasMessageContaining("\"constant\" is required");
        assertThatThrownBy(() -> resizing(2, 3).interpolation("cubic")).hasMessageContaining("cubic");
        assertThatThrownBy(() -> resizing(0, 3)).hasMessageContaining("Received: 0 and 3");
        assertThatThrownBy(() -> randomFlip("diagonal")).hasMessageContaining("Received: \"diagonal\"");
        assertThatThrownBy(() -> randomRotation(1.5)).hasMessageContaining("from -1.0 to 1.0 are required. Received: 1.5.");
        assertThatThrownBy(() -> randomRotation(1.5, 2)).hasMessageContaining("Received: 1.5 and 2.0");
    }

    @Test
    void apply_noImage_isRefused() {
        assertThatThrownBy(() -> randomFlip().apply(Ops.ones(2, 2))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an image [height, width, channels] or a batch").hasMessageContaining("float32[2, 2]");
    }

    @Test
    void centerCrop_single_givesTheMiddle() {
        Tensor image = Tensor.of(new float[] {0, 1, 2, 3, 4}, 1, 5, 1);
        assertThat(centerCrop(1, 3).apply(image).toFloatArray()).containsExactly(1, 2, 3);
        assertThat(centerCrop(1, 2).apply(image).toFloatArray()).containsExactly(1, 2);
    }

    @Test
    void randomFlip_inTraining_turnsHalfOfTheImages() {
        Tensor images = squares(MANY);
        Tensor across = randomFlip("horizontal").seed(1).call(images, true);
        assertThat(partOf(across, 2, 1, 4, 3)).isCloseTo(0.5, HALF);
        assertThat(partOf(across, 2, 1, 4, 3) + partOf(across, 1, 2, 3, 4)).isEqualTo(1, within(1e-6));
        Tensor down = randomFlip("vertical").seed(1).call(images, true);
        assertThat(partOf(down, 3, 4, 1, 2)).isCloseTo(0.5, HALF);
        assertThat(partOf(down, 3, 4, 1, 2) + partOf(down, 1, 2, 3, 4)).isEqualTo(1, within(1e-6));
    }

    @Test
    void randomFlip_bothAxes_turnsAlongBothOrNone() {
        Tensor turned = randomFlip().seed(1).call(squares(MANY), true);
        assertThat(partOf(turned, 4, 3, 2, 1)).isCloseTo(0.5, HALF);
        assertThat(partOf(turned, 4, 3, 2, 1) + partOf(turned, 1, 2, 3, 4)).isEqualTo(1, within(1e-6));
    }

    @Test
    void randomFlip_channelsFirst_turnsTheSameImages() {
        Tensor images = squares(20);
        Tensor last = randomFlip("horizontal").seed(1).call(images, true);
        Tensor first = randomFlip("horizontal").dataFormat("channels_first").seed(1).call(Ops.transpose(images, 0, 3, 1, 2), true);
        assertThat(first.toFloatArray()).isEqualTo(last.toFloatArray());
    }

    @Test
    void randomLayers_alone_areForTraining_insideOfAModelNot() {
        Tensor image = squares(1);
        Tensor alone = randomRotation(0.5, 0.5).apply(image);
        assertThat(alone.toFloatArray()).containsExactly(new float[] {4, 3, 2, 1}, CLOSE);
        Layer inside = new Layer() {
            private final Layer rotation = track("rotation", randomRotation(0.5, 0.5));

            @Override
            protected Tensor call(Tensor input, CallContext context) {
                return rotation.apply(input);
            }
        };
        assertThat(inside.apply(image).toFloatArray()).containsExactly(1, 2, 3, 4);
        assertThat(inside.call(image, true).toFloatArray()).containsExactly(new float[] {4, 3, 2, 1}, CLOSE);
    }

    @Test
    void randomRotation_quarterTurn_isCounterClockwise() {
        Tensor turned = randomRotation(0.25, 0.25).call(Ops.squeeze(squares(1), 0), true);
        assertThat(turned.shape()).isEqualTo(Shape.of(2, 2, 1));
        assertThat(turned.toFloatArray()).containsExactly(new float[] {2, 4, 1, 3}, CLOSE);
        Tensor first = randomRotation(0.25, 0.25).dataFormat("channels_first").call(Ops.reshape(squares(1), 1, 1, 2, 2), true);
        assertThat(first.toFloatArray()).containsExactly(new float[] {2, 4, 1, 3}, CLOSE);
    }

    @Test
    void randomRotation_manyImages_areTurnedByAllAngles() {
        float edge = 2;
        Tensor row = Ops.reshape(Ops.tile(Tensor.of(new float[] {0, 0, 0, 0, 1, edge, 0, 0, 0}, 9), MANY), MANY, 3, 3, 1);
        float[] right = Ops.ravel(Ops.slice(randomRotation(0.125).seed(5).call(row, true), new long[] {0, 1, 2, 0},
                new long[] {-1, 1, 1, 1})).toFloatArray();
        double sum = 0;
        for (float value : right) {
            assertThat(value).isBetween(0f, edge + 1e-5f);
            sum += value;
        }
        double turn = Math.PI / 4;
        double expected = expectedEdge(turn, edge);
        assertThat(sum / MANY).as("mean over angles up to an eighth turn").isCloseTo(expected, within(0.05));
    }

    /** The mean over the angle of the pixel at (cos, sin) between 1 in the middle, the edge beside it and 0 elsewhere. */
    private static double expectedEdge(double turn, double edge) {
        int steps = 10_000;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double angle = turn * (i + 0.5) / steps;
            sum += (1 - Math.sin(angle)) * (1 - Math.cos(angle) + edge * Math.cos(angle));
        }
        return sum / steps;
    }

    @Test
    void randomLayers_sameSeedOnEachBackendAndCompiled_giveTheSame() {
        String before = Backends.current().name();
        Tensor expected = null;
        try {
            for (String backend : Backends.available()) {
                Backends.use(backend);
                List<Layer> layers = List.of(randomFlip().seed(7), randomRotation(0.5).seed(7));
                Tensor image = squares(16);
                try (CompiledFunction compiled = new CompiledFunction(in ->
                        List.of(layers.get(1).call(layers.get(0).call(in.get(0), true), true)))) {
                    float[] y = compiled.call(List.of(image)).get(0).toFloatArray();
                    expected = expected == null ? Tensor.of(y, y.length) : expected;
                    assertThat(y).as(backend).containsExactly(expected.toFloatArray(), CLOSE);
                }
            }
        } finally {
            Backends.use(before);
        }
    }
}
