package dev.keratin.layers;

import static dev.keratin.layers.Layers.bidirectional;
import static dev.keratin.layers.Layers.convLSTM1d;
import static dev.keratin.layers.Layers.convLSTM2d;
import static dev.keratin.layers.Layers.convLSTM3d;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConvLSTMTest {
    /** The same sums in another order. */
    private static final Offset<Float> CLOSE = within(1e-6f);

    private final Tensor frames = noise(Shape.of(2, 3, 4, 2));

    private static Tensor noise(Shape shape) {
        return Random.normal(shape, 0, 1, DType.FLOAT32, new SeedGenerator(11));
    }

    @TestFactory
    Stream<DynamicTest> contract_eachLayer_isKept() {
        return Stream.of(
                test("1D", LayerContract.of(() -> convLSTM1d(2, 2).strides(2)).input(2, 5, 2).weights(3).dropsMask()),
                test("1D sequences", LayerContract.of(() -> convLSTM1d(2, 2).returnSequences(true)).input(2, 4, 2).weights(3)),
                test("1D unrolled", LayerContract.of(() -> convLSTM1d(2, 2).unroll(true).useBias(false)).input(2, 4, 2)
                        .weights(2).dropsMask()),
                test("2D", LayerContract.of(() -> convLSTM2d(2, 3, 2).padding("same").goBackwards(true)).input(2, 3, 3, 2)
                        .weights(3).dropsMask()),
                test("2D dilated", LayerContract.of(() -> convLSTM2d(1, 2).dilationRate(2)).input(2, 4, 3, 1).weights(3).dropsMask()),
                test("2D channels first", LayerContract.of(() -> convLSTM2d(1, 2).dataFormat("channels_first").returnState(true))
                        .input(2, 2, 3, 3).weights(3).dropsMask()),
                test("3D", LayerContract.of(() -> convLSTM3d(1, 2)).input(2, 2, 3, 2, 1).weights(3).dropsMask()));
    }

    private static DynamicTest test(String name, LayerContract contract) {
        return DynamicTest.dynamicTest(name, contract::check);
    }

    @Test
    void apply_kernelOfOne_isAnLstmAtEachPlace() {
        ConvLSTM1D layer = convLSTM1d(3, 1);
        Tensor found = layer.apply(frames);
        LSTM lstm = Layers.lstm(3);
        lstm.buildFor(Shape.of(8, 3, 2));
        for (int i = 0; i < 3; i++) {
            lstm.weights().get(i).assign(Ops.reshape(layer.weights().get(i).value(), lstm.weights().get(i).shape().dims()));
        }
        Tensor rows = Ops.reshape(Ops.transpose(frames, 0, 2, 1, 3), 8, 3, 2);
        assertThat(found.shape()).isEqualTo(Shape.of(2, 4, 3));
        assertThat(found.toFloatArray()).containsExactly(lstm.apply(rows).toFloatArray(), CLOSE);
    }

    @Test
    void weights_names_areThoseOfKeras() {
        ConvLSTM1D layer = convLSTM1d(3, 2);
        layer.buildFor(frames.shape());
        assertThat(layer.cell().name()).isEqualTo("conv_lstm_cell");
        assertThat(layer.weights()).extracting(weight -> weight.name() + weight.shape())
                .containsExactly("kernel[2, 2, 12]", "recurrent_kernel[2, 3, 12]", "bias[12]");
        assertThat(layer.cell().bias().value().toFloatArray()).containsExactly(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void apply_maskedLastStep_keepsWhatWasBefore() {
        ConvLSTM1D layer = convLSTM1d(2, 2).returnState(true);
        List<Tensor> shorter = layer.applyAll(List.of(Ops.slice(frames, new long[] {0, 0, 0, 0}, new long[] {-1, 2, -1, -1})));
        Tensor masked = Ops.copy(frames);
        masked.attachMask(Tensor.of(new boolean[] {true, true, false, true, true, false}, 2, 3));
        List<Tensor> found = layer.applyAll(List.of(masked));
        for (int i = 0; i < 3; i++) {
            assertThat(found.get(i).toFloatArray()).containsExactly(shorter.get(i).toFloatArray(), CLOSE);
        }
    }

    @Test
    void stateful_sequenceInTwoParts_isTheWholeOne() {
        ConvLSTM1D layer = convLSTM1d(2, 2).stateful(true);
        float[] whole = layer.apply(frames).toFloatArray();
        layer.resetState();
        layer.apply(Ops.slice(frames, new long[] {0, 0, 0, 0}, new long[] {-1, 1, -1, -1}));
        Tensor rest = layer.apply(Ops.slice(frames, new long[] {0, 1, 0, 0}, new long[] {-1, 2, -1, -1}));
        assertThat(rest.toFloatArray()).containsExactly(whole, CLOSE);
    }

    @Test
    void apply_initialStates_areWhereItStarts() {
        ConvLSTM1D layer = convLSTM1d(2, 2).returnState(true);
        List<Tensor> first = layer.applyAll(List.of(frames));
        List<Tensor> twice = layer.applyAll(List.of(frames, first.get(1), first.get(2)));
        Tensor both = layer.apply(Ops.concatenate(List.of(frames, frames), 1));
        assertThat(twice.get(0).toFloatArray()).containsExactly(both.toFloatArray(), CLOSE);
    }

    @Test
    void bidirectional_concatenatesFilters() {
        assertThat(bidirectional(convLSTM1d(2, 2).returnSequences(true)).apply(frames).shape()).isEqualTo(Shape.of(2, 3, 3, 4));
    }

    @Test
    void dropout_inTraining_drawsAnew() {
        ConvLSTM1D layer = convLSTM1d(2, 2).dropout(0.5).recurrentDropout(0.5).seed(3);
        float[] once = layer.call(frames, true).toFloatArray();
        assertThat(layer.call(frames, true).toFloatArray()).isNotEqualTo(once);
        assertThat(layer.call(frames, false).toFloatArray()).isNotEqualTo(once).isEqualTo(layer.apply(frames).toFloatArray());
    }

    @Test
    void inputs_thatDoNotFit_areRefused() {
        assertThatThrownBy(() -> convLSTM2d(2, 3).apply(frames)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an input of rank 5 is required").hasMessageContaining("float32[2, 3, 4, 2]");
        assertThatThrownBy(() -> convLSTM1d(2, 5).apply(frames)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least as long as the window is required, 5 along axis 2");
        ConvLSTM1D built = convLSTM1d(2, 2);
        built.apply(frames);
        assertThatThrownBy(() -> built.apply(Ops.ones(2, 3, 5, 2))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("built for inputs with axis 2 4");
        assertThatThrownBy(() -> convLSTM1d(2, 2).buildFor(Shape.of(2, 3, Shape.UNKNOWN, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settings_thatDoNotFit_areRefused() {
        assertThatThrownBy(() -> convLSTM1d(0, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ConvLSTM1D: at least 1 filter is required. Received: 0.");
        assertThatThrownBy(() -> convLSTM1d(2, 2).padding("causal")).hasMessageContaining("Received: \"causal\"");
        assertThatThrownBy(() -> convLSTM1d(2, 2).strides(2).dilationRate(2).apply(frames))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("strides or a dilationRate of 1 is required. Received: strides=[2], dilationRate=[2]");
    }
}
