package dev.keratin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.autodiff.GradientTape;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Small cases checked by hand, of what the golden cases leave open. */
class OpsTest {
    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    @Test
    void getItem_rangesStepsAndNewAxes_areThoseOfPython() {
        Tensor x = Ops.reshape(Ops.arange(24), 2, 3, 4);
        assertThat(Ops.getItem(x, "0, ..., 1:-1").toIntArray()).containsExactly(1, 2, 5, 6, 9, 10);
        assertThat(Ops.getItem(x, "-1, None, 1, 3:0:-2").toIntArray()).containsExactly(19, 17);
        assertThat(Ops.getItem(x, "-1, None, 1, 3:0:-2").shape()).isEqualTo(Shape.of(1, 2));
        assertThat(Ops.getItem(x, ":, 5:, :").shape()).isEqualTo(Shape.of(2, 0, 4));
        assertThat(Ops.getItem(Ops.arange(5), "::-1").toIntArray()).containsExactly(4, 3, 2, 1, 0);
    }

    @Test
    void toString_ofNumbers_showsTheirLeadingDigits() {
        assertThat(Tensor.of(new double[] {0.00025, -0.012345, 0.5, 12.34567, 3, 1e-7, 2.5e9}))
                .hasToString("Tensor(float32[7], [0.00025, -0.01235, 0.5000, 12.3457, 3.0, 1.0000e-07, 2.5000e+09])");
    }

    @Test
    void matmul_vectors_dropTheirAxis() {
        Tensor vector = Tensor.of(new float[] {1, 2});
        Tensor matrix = Tensor.of(new float[][] {{1, 2}, {3, 4}});
        assertThat(Ops.matmul(vector, vector).item()).isEqualTo(5);
        assertThat(Ops.matmul(vector, vector).shape()).isEqualTo(Shape.scalar());
        assertThat(Ops.matmul(matrix, vector).toFloatArray()).containsExactly(5, 11);
        assertThat(Ops.matmul(vector, matrix).toFloatArray()).containsExactly(7, 10);
        assertThat(Ops.matmul(Ops.ones(2, 1, 3, 4), Ops.ones(5, 4, 6)).shape()).isEqualTo(Shape.of(2, 5, 3, 6));
    }

    @Test
    void einsum_ellipsisImplicitOutputAndDiagonals_agreeWithPlainOps() {
        Tensor a = Ops.reshape(Ops.cast(Ops.arange(24), "float32"), 2, 3, 4);
        Tensor b = Ops.reshape(Ops.cast(Ops.arange(20), "float32"), 4, 5);
        assertThat(Ops.einsum("...ij,jk", a, b).toFloatArray()).containsExactly(Ops.matmul(a, b).toFloatArray());
        assertThat(Ops.einsum("ba", b).toFloatArray()).containsExactly(Ops.transpose(b).toFloatArray());
        Tensor square = Ops.reshape(Ops.arange(9), 3, 3);
        assertThat(Ops.einsum("ii", square).item()).isEqualTo(12);
        assertThat(Ops.einsum("ii->i", square).toIntArray()).containsExactly(0, 4, 8);
        assertThat(Ops.einsum("i,j->ji", Ops.arange(2), Ops.arange(3)).toIntArray()).containsExactly(0, 0, 0, 1, 0, 2);
        assertThat(Ops.einsum("ij->", square).item()).isEqualTo(36);
        assertThat(Ops.einsum("bqhd,bkhd->bhqk", Ops.ones(2, 5, 3, 4), Ops.ones(2, 6, 3, 4)).shape()).isEqualTo(Shape.of(2, 3, 5, 6));
    }

    @Test
    void convTranspose_outputPadding_isKerasRule() {
        Tensor kernel = Ops.ones(3, 3, 2, 1);
        Tensor x = Ops.ones(1, 4, 4, 1);
        WindowOptions two = new WindowOptions().strides(2).dataFormat("channels_last");
        assertThat(Ops.convTranspose(x, kernel, two).shape()).isEqualTo(Shape.of(1, 9, 9, 2));
        assertThat(Ops.convTranspose(x, kernel, two.padding("same")).shape()).isEqualTo(Shape.of(1, 8, 8, 2));
        assertThat(Ops.convTranspose(x, kernel, two.padding("same").outputPadding(0)).shape()).isEqualTo(Shape.of(1, 7, 7, 2));
        assertThat(Ops.convTranspose(x, kernel, two.outputPadding(1)).shape()).isEqualTo(Shape.of(1, 10, 10, 2));
    }

    @Test
    void conv_groupsChannelsFirstAndCausal_haveTheirShapes() {
        WindowOptions first = new WindowOptions().dataFormat("channels_first");
        assertThat(Ops.conv(Ops.ones(1, 4, 8, 6), Ops.ones(3, 3, 2, 6), first).shape()).isEqualTo(Shape.of(1, 6, 6, 4));
        WindowOptions causal = new WindowOptions().padding("causal").dilationRate(2).dataFormat("channels_last");
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5}, 1, 5, 1);
        assertThat(Ops.conv(x, Ops.ones(2, 1, 1), causal).toFloatArray()).containsExactly(1, 2, 4, 6, 8);
    }

    @Test
    void adaptivePools_lengthsThatDoNotDivide_overlap() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5}, 1, 5, 1);
        assertThat(Ops.adaptiveAveragePool(x, 3).toFloatArray()).containsExactly(1.5f, 3, 4.5f);
        assertThat(Ops.adaptiveMaxPool(x, 2).toFloatArray()).containsExactly(3, 5);
    }

    @Test
    void crossentropy_ofSoftmax_isComputedFromItsLogits() {
        Tensor logits = Tensor.of(new float[][] {{0, 200}});
        Tensor target = Tensor.of(new float[][] {{1, 0}});
        assertThat(Ops.categoricalCrossentropy(target, Ops.softmax(logits), false).item()).isEqualTo(200);
        assertThat(Ops.sparseCategoricalCrossentropy(Tensor.of(new int[] {0}), Ops.softmax(logits), false).item()).isEqualTo(200);
        assertThat(Ops.binaryCrossentropy(target, Ops.sigmoid(Ops.negative(logits)), false).toFloatArray()[1]).isEqualTo(0);
    }

    @Test
    void gradients_atKinks_areThoseOfKeras() {
        Tensor zero = Tensor.of(new float[] {0});
        assertThat(gradient(zero, "relu")).isEqualTo(0);
        assertThat(gradient(zero, "abs")).isEqualTo(0);
        assertThat(gradient(Tensor.of(new float[] {6}), "relu6")).isEqualTo(0);
        assertThat(gradient(zero, "celu")).isEqualTo(1);
        assertThat(gradient(zero, "binaryCrossentropy")).isEqualTo(-0.5);
        assertThat(gradient(Tensor.of(new float[] {100}), "elu")).isEqualTo(1);
    }

    private static double gradient(Tensor x, String function) {
        try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            Tensor y = switch (function) {
                case "relu" -> Ops.relu(x);
                case "abs" -> Ops.abs(x);
                case "relu6" -> Ops.relu6(x);
                case "celu" -> Ops.celu(x);
                case "elu" -> Ops.elu(x);
                default -> Ops.binaryCrossentropy(Ops.onesLike(x), x, true);
            };
            return tape.gradient(Ops.sum(y), x).toFloatArray()[0];
        }
    }

    @Test
    void placeholders_withUnknownBatch_giveTypesAndReplay() {
        Operation source = new FunctionOperation("input", in -> in);
        Tensor input = GraphNode.input(source, TensorType.of(DType.FLOAT32, Shape.UNKNOWN, 6));
        Tensor output = Ops.softmax(Ops.reshape(Ops.add(input, 1), -1, 2, 3));
        assertThat(output.shape()).isEqualTo(Shape.of(Shape.UNKNOWN, 2, 3));
        assertThat(Ops.mean(input, 0).shape()).isEqualTo(Shape.of(6));
        assertThat(Ops.einsum("bi,bi->b", input, input).shape()).isEqualTo(Shape.of(Shape.UNKNOWN));
        List<Tensor> parts = Ops.split(input, 3, 1);
        assertThat(parts).hasSize(3);
        SymbolicTensor part = (SymbolicTensor) parts.get(2);
        assertThat(part.source().operation().replay(List.of(Ops.ones(5, 6)), false, Set.of()).get(part.index()).shape()).isEqualTo(Shape.of(5, 2));
    }

    @Test
    void rearrange_splitsAndMergesAxes() {
        Tensor x = Ops.reshape(Ops.arange(8), 1, 4, 2);
        assertThat(Ops.rearrange(x, "b (h p) c -> b h (p c)", Map.of("p", 2)).shape()).isEqualTo(Shape.of(1, 2, 4));
        assertThat(Ops.rearrange(x, "b h c -> (c h) b").toIntArray()).containsExactly(0, 2, 4, 6, 1, 3, 5, 7);
    }

    @Test
    void elementFunctions_ofIntegers_areExact() {
        assertThat(Ops.gcd(Tensor.of(new int[] {12, 0, 7}), Tensor.of(new int[] {18, 5, 3})).toIntArray()).containsExactly(6, 5, 1);
        assertThat(Ops.lcm(Tensor.of(new int[] {4, 0}), Tensor.of(new int[] {6, 5})).toIntArray()).containsExactly(12, 0);
        assertThat(Ops.saturateCast(Tensor.of(new float[] {-5, 300, 7.9f}), DType.UINT8).toIntArray()).containsExactly(0, 255, 7);
        assertThat(Ops.unravelIndex(Tensor.of(new int[] {5, 3}), Shape.of(2, 3)).get(1).toIntArray()).containsExactly(2, 0);
        assertThat(Ops.nonzero(Tensor.of(new int[][] {{0, 1}, {2, 0}})).get(0).toIntArray()).containsExactly(0, 1);
    }

    @Test
    void orderStatistics_withNan_areKnown() {
        Tensor x = Tensor.of(new float[][] {{3, Float.NaN, 1}, {1, 2, 4}});
        assertThat(Ops.nanmedian(x, 1).toFloatArray()).containsExactly(2, 2);
        assertThat(Ops.median(x, 1).toFloatArray()).containsExactly(Float.NaN, 2);
        assertThat(Ops.nanmax(x, 1).toFloatArray()).containsExactly(3, 4);
        assertThat(Ops.nanargmin(x, 1).toIntArray()).containsExactly(2, 0);
        Ops.Histogram histogram = Ops.histogram(Tensor.of(new float[] {0, 1, 1, 4}), 4);
        assertThat(histogram.counts().toFloatArray()).containsExactly(1, 2, 0, 1);
        assertThat(histogram.edges().toFloatArray()).containsExactly(0, 1, 2, 3, 4);
        assertThat(Ops.i0(Tensor.of(new float[] {0, 1, 5})).toFloatArray()[2]).isCloseTo(27.239871f, within(1e-4f));
    }

    @Test
    void einsum_impliedOutput_isInTheOrderOfTheAlphabetAsInNumPy() {
        Tensor a = Tensor.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
        Tensor b = Tensor.of(new float[][] {{1, 0, 0, 0}, {0, 1, 0, 0}});
        assertThat(Ops.einsum("zy,yx", a, b).shape()).isEqualTo(Shape.of(4, 3));
    }

    @Test
    void ctcDecode_wrongStrategy_isRefused() {
        assertThatThrownBy(() -> new DecodeOptions().strategy("best")).hasMessageContaining("\"beam_search\"")
                .hasMessageContaining("Received: strategy=\"best\"").hasMessageContaining("Set beamWidth");
    }
}
