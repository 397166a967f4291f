package dev.keratin.layers;

import static dev.keratin.layers.Layers.additiveAttention;
import static dev.keratin.layers.Layers.attention;
import static dev.keratin.layers.Layers.bidirectional;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dot;
import static dev.keratin.layers.Layers.einsumDense;
import static dev.keratin.layers.Layers.groupQueryAttention;
import static dev.keratin.layers.Layers.gru;
import static dev.keratin.layers.Layers.gruCell;
import static dev.keratin.layers.Layers.lstm;
import static dev.keratin.layers.Layers.lstmCell;
import static dev.keratin.layers.Layers.masking;
import static dev.keratin.layers.Layers.multiHeadAttention;
import static dev.keratin.layers.Layers.normalization;
import static dev.keratin.layers.Layers.rescaling;
import static dev.keratin.layers.Layers.rnn;
import static dev.keratin.layers.Layers.simpleRNN;
import static dev.keratin.layers.Layers.simpleRNNCell;
import static dev.keratin.layers.Layers.timeDistributed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What layers on sequences owe beside Keras's numbers: the contract of all layers, state, dropout, errors. */
class SequenceLayersTest {
    private static Arguments row(String name, Supplier<? extends Layer> factory, int weights, long... sample) {
        return Arguments.of(name, factory, weights, Shape.of(sample));
    }

    static Stream<Arguments> sequenceToSequence() {
        return Stream.of(
                row("LSTM", () -> lstm(2).returnSequences(true), 3, 4, 3),
                row("GRU", () -> gru(2).returnSequences(true), 3, 4, 3),
                row("SimpleRNN", () -> simpleRNN(2).returnSequences(true), 3, 4, 3),
                row("Masking", () -> masking(), 0, 4, 3),
                row("Rescaling", () -> rescaling(0.5).offset(1), 0, 4, 3),
                row("Normalization", () -> normalization(), 3, 4, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sequenceToSequence")
    void contract_layersThatPassMasksOn_isKept(String name, Supplier<? extends Layer> factory, int weights, Shape sample) {
        LayerContract.of(factory).input(sample.dims()).weights(weights).check();
    }

    static Stream<Arguments> sequenceToVector() {
        return Stream.of(
                row("LSTM", () -> lstm(2), 3, 4, 3),
                row("GRU", () -> gru(2), 3, 4, 3),
                row("SimpleRNN", () -> simpleRNN(2), 3, 4, 3),
                row("EinsumDense", () -> einsumDense("abc,cd->abd", -1, 2).biasAxes("d"), 2, 4, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sequenceToVector")
    void contract_layersThatDropMasks_isKept(String name, Supplier<? extends Layer> factory, int weights, Shape sample) {
        LayerContract.of(factory).input(sample.dims()).weights(weights).dropsMask().check();
    }

    @Test
    void contract_attention_isKept() {
        LayerContract.of(() -> multiHeadAttention(2, 3)).input(4, 3).input(5, 3).weights(8).check();
        LayerContract.of(() -> groupQueryAttention(3, 4, 2)).input(4, 3).input(5, 3).weights(8).check();
        LayerContract.of(() -> attention().useScale(true)).input(4, 3).input(5, 3).weights(1).check();
        LayerContract.of(() -> additiveAttention()).input(4, 3).input(5, 3).weights(1).check();
        LayerContract.of(() -> dot(2)).input(4, 3).input(5, 3).dropsMask().check();
    }

    private static Tensor sequence(long... dims) {
        return Ops.reshape(Ops.divide(Ops.arange(Shape.of(dims).size()), 10), dims);
    }

    @Test
    void lstm_built_forgetBiasStartsAtOne() {
        LSTM layer = lstm(2);
        layer.buildFor(Shape.of(Shape.UNKNOWN, 5, 3));
        assertThat(layer.cell().bias().value().toFloatArray()).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
        assertThat(layer.weights()).extracting(Variable::name).containsExactly("kernel", "recurrent_kernel", "bias");
    }

    @Test
    void stateful_twoHalves_areOneWhole() {
        Tensor x = Ops.cast(sequence(1, 4, 2), DType.FLOAT32);
        LSTM whole = lstm(3);
        Tensor expected = whole.apply(x);
        LSTM halves = lstm(3).stateful(true);
        halves.buildFor(Shape.of(1, 2, 2));
        for (int i = 0; i < 3; i++) {
            halves.weights().get(i).assign(whole.weights().get(i).value());
        }
        halves.apply(Ops.slice(x, new long[] {0, 0, 0}, new long[] {1, 2, 2}));
        Tensor second = halves.apply(Ops.slice(x, new long[] {0, 2, 0}, new long[] {1, 2, 2}));
        assertThat(second.toFloatArray()).containsExactly(expected.toFloatArray(), org.assertj.core.data.Offset.offset(1e-6f));
        halves.resetState();
        assertThat(halves.apply(x).toFloatArray()).containsExactly(expected.toFloatArray(), org.assertj.core.data.Offset.offset(1e-6f));
    }

    @Test
    void stateful_unknownBatch_isRefused() {
        assertThatThrownBy(() -> lstm(3).stateful(true).buildFor(Shape.of(Shape.UNKNOWN, 2, 2)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a known batch size is required")
                .hasMessageContaining("batchInput");
    }

    @Test
    void dropout_training_differsFromInference() {
        Tensor x = Ops.cast(sequence(2, 4, 8), DType.FLOAT32);
        for (Layer layer : List.of(lstm(3).dropout(0.5).seed(1), lstm(3).recurrentDropout(0.5).dropout(0.2).seed(1),
                gru(3).resetAfter(false).recurrentDropout(0.5).seed(1), simpleRNN(3).dropout(0.5).recurrentDropout(0.5).seed(1),
                rnn(lstmCell(2).dropout(0.5).seed(1), gruCell(3).recurrentDropout(0.5).seed(2)))) {
            float[] inference = layer.call(x, false).toFloatArray();
            assertThat(layer.call(x, false).toFloatArray()).containsExactly(inference);
            float[] first = layer.call(x, true).toFloatArray();
            assertThat(first).isNotEqualTo(inference);
            assertThat(layer.call(x, true).toFloatArray()).as("drawn anew each time").isNotEqualTo(first);
        }
    }

    @Test
    void dtype_ofWrapper_isThatOfItsOutputs() {
        Tensor x = Ops.cast(sequence(2, 4, 8), DType.FLOAT32);
        for (Layer layer : List.of(rnn(simpleRNNCell(2)).dtype("float64"), bidirectional(lstm(2)).dtype("float64"),
                timeDistributed(dense(2)).dtype("float64"))) {
            assertThat(layer.apply(x).dtype()).isEqualTo(DType.FLOAT64);
        }
    }

    @Test
    void attention_dropout_changesTraining() {
        Tensor x = Ops.cast(sequence(2, 6, 4), DType.FLOAT32);
        for (Layer layer : List.of(multiHeadAttention(2, 3).dropout(0.5).seed(3), attention().dropout(0.5).seed(3))) {
            List<Tensor> both = List.of(x, x);
            float[] inference = layer.call(both, false).get(0).toFloatArray();
            assertThat(layer.call(both, true).get(0).toFloatArray()).isNotEqualTo(inference);
            assertThat(layer.call(both, false).get(0).toFloatArray()).containsExactly(inference);
        }
    }

    @Test
    void freezing_recurrentLayer_freezesItsCell() {
        LSTM layer = lstm(2).trainable(false);
        layer.buildFor(Shape.of(1, 2, 3));
        assertThat(layer.trainableVariables()).isEmpty();
        assertThat(layer.weights()).hasSize(3);
    }

    @Test
    void attention_masked_passesQueryMaskOn() {
        Tensor query = masking().apply(Tensor.of(new float[][][] {{{1, 2}, {0, 0}}}));
        Tensor value = Tensor.of(new float[][][] {{{1, 2}, {3, 4}, {5, 6}}});
        assertThat(multiHeadAttention(1, 2).apply(query, value).mask().toBooleanArray()).containsExactly(true, false);
    }

    @Test
    void wrongInputs_areRefusedWithAWayOut() {
        Tensor flat = Tensor.of(new float[2][3]);
        assertThatThrownBy(() -> lstm(2).name("l").apply(flat)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LSTM \"l\": an input [batch, time, features] is required. Received: float32[2, 3]")
                .hasMessageContaining("embedding(...)");
        assertThatThrownBy(() -> lstm(2).apply(Tensor.of(new float[2][3][4]), Tensor.of(new float[2][2])))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("with 2 initial states");
        assertThatThrownBy(() -> multiHeadAttention(2, 3).apply(Tensor.of(new float[2][3][4])))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("query and value")
                .hasMessageContaining("apply(x, x)");
        assertThatThrownBy(() -> timeDistributed(dense(2)).apply(flat)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of rank 3 or more is required");
        assertThatThrownBy(() -> dot(1).apply(flat, Tensor.of(new float[2][4]))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two inputs of the same length along axes [1]");
    }

    @Test
    void wrongArguments_areRefusedWithAWayOut() {
        assertThatThrownBy(() -> lstm(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 unit is required. Received: 0");
        assertThatThrownBy(() -> bidirectional(lstm(2)).mergeMode("max")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"concat\", \"sum\", \"mul\", \"ave\" or null").hasMessageContaining("Received: \"max\"");
        assertThatThrownBy(() -> bidirectional(lstm(2), lstm(2))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one of which goes backwards");
        assertThatThrownBy(() -> groupQueryAttention(2, 3, 2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("divisible by").hasMessageContaining("numQueryHeads=3");
        assertThatThrownBy(() -> einsumDense("abc", 2).apply(Tensor.of(new float[2][3][4])))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("an equation \"input,kernel->output\" is required");
    }

    @Test
    void projectedAttention_hasNoActivation() {
        assertThat(MultiHeadAttention.class.getMethods()).extracting("name").contains("kernelInitializer").doesNotContain("activation");
        assertThat(GroupQueryAttention.class.getMethods()).extracting("name").doesNotContain("activation");
    }
}
