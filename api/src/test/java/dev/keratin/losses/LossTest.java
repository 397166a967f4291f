package dev.keratin.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import org.junit.jupiter.api.Test;

class LossTest {
    /** float32 arithmetic on a handful of numbers. */
    private static final double TOLERANCE = 1e-6;

    @Test
    void call_mask_meanOverThoseThatCount() {
        Tensor mask = Tensor.of(new boolean[] {true, false, true, false});
        double loss = new MeanSquaredError().call(column(0, 0, 0, 0), column(1, 5, 3, 7), null, mask).item();
        assertThat(loss).isCloseTo((1 + 9) / 2.0, within(TOLERANCE));
    }

    @Test
    void call_maskOfPredictions_isUsed() {
        Tensor yPred = column(1, 5);
        yPred.attachMask(Tensor.of(new boolean[] {true, false}));
        assertThat(new MeanSquaredError().call(column(0, 0), yPred).item()).isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void call_maskAndWeights_multiply() {
        Tensor mask = Tensor.of(new boolean[] {true, false, true, false});
        Tensor weight = Tensor.of(new float[] {2, 9, 1, 9});
        MeanSquaredError loss = new MeanSquaredError();
        assertThat(loss.call(column(0, 0, 0, 0), column(1, 5, 3, 7), weight, mask).item())
                .isCloseTo((2 * 1 + 9) / 2.0, within(TOLERANCE));
        assertThat(loss.reduction("sum").call(column(0, 0, 0, 0), column(1, 5, 3, 7), weight, mask).item())
                .isCloseTo(11, within(TOLERANCE));
        assertThat(loss.reduction("mean_with_sample_weight").call(column(0, 0, 0, 0), column(1, 5, 3, 7), weight, mask).item())
                .isCloseTo(11 / 3.0, within(TOLERANCE));
    }

    @Test
    void call_allMaskedOrNoWeight_isZero() {
        Tensor none = Tensor.of(new boolean[] {false, false});
        assertThat(new MeanSquaredError().call(column(0, 0), column(1, 5), null, none).item()).isZero();
        assertThat(new MeanSquaredError().reduction("mean_with_sample_weight")
                .call(column(0, 0), column(1, 5), Tensor.of(new float[] {0, 0})).item()).isZero();
    }

    @Test
    void call_ranksDifferByOne_areMatched() {
        Tensor flat = Tensor.of(new float[] {1, 2, 3});
        assertThat(new MeanSquaredError().call(flat, column(1, 2, 5)).item()).isCloseTo(4 / 3.0, within(TOLERANCE));
        assertThat(new BinaryCrossentropy().call(Tensor.of(new int[] {1, 0}), column(0.5f, 0.5f)).item())
                .isCloseTo(Math.log(2), within(TOLERANCE));
    }

    @Test
    void call_dtype_computesInIt() {
        assertThat(new MeanSquaredError().dtype("float64").call(column(1), column(2)).dtype()).isEqualTo(DType.FLOAT64);
    }

    @Test
    void call_softmaxOutput_losesNoDigits() {
        Tensor logits = Tensor.of(new float[][] {{0, 100}});
        assertThat(new SparseCategoricalCrossentropy().call(Tensor.of(new int[] {0}), Ops.softmax(logits)).item())
                .isCloseTo(100, within(1e-4));
        assertThat(new BinaryCrossentropy().call(column(0), Ops.sigmoid(column(50))).item()).isCloseTo(50, within(1e-4));
    }

    @Test
    void sparse_ignoredClass_countsNeitherInLossNorMeanNorGradient() {
        Tensor logits = Tensor.of(new float[][] {{1, 2}, {5, -5}});
        Loss loss = new SparseCategoricalCrossentropy().fromLogits(true).ignoreClass(-1);
        double expected = new SparseCategoricalCrossentropy().fromLogits(true)
                .call(Tensor.of(new int[] {1}), Tensor.of(new float[][] {{1, 2}})).item();
        try (GradientTape tape = new GradientTape()) {
            tape.watch(logits);
            Tensor value = loss.call(Tensor.of(new int[] {1, -1}), logits);
            assertThat(value.item()).isCloseTo(expected, within(TOLERANCE));
            assertThat(tape.gradient(value, logits).toFloatArray()).endsWith(0f, 0f);
        }
    }

    @Test
    void sparse_otherAxis_isMovedLast() {
        Tensor rows = Tensor.of(new float[][] {{0.9f, 0.1f}, {0.3f, 0.7f}, {0.5f, 0.5f}});
        double expected = new SparseCategoricalCrossentropy().call(Tensor.of(new int[] {0, 1, 1}), rows).item();
        assertThat(new SparseCategoricalCrossentropy().axis(0).call(Tensor.of(new int[] {0, 1, 1}), Ops.transpose(rows)).item())
                .isCloseTo(expected, within(TOLERANCE));
    }

    @Test
    void sparse_labelOutOfRange_namesItAndTheRange() {
        Tensor yPred = Ops.ones(2, 10);
        assertThatThrownBy(() -> new SparseCategoricalCrossentropy().call(Tensor.of(new int[] {3, 10}), yPred))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SparseCategoricalCrossentropy: labels from 0 to 9 are required")
                .hasMessageContaining("Received: 10 at index 1").hasMessageContaining("count classes from 0");
        assertThatThrownBy(() -> new SparseCategoricalCrossentropy().call(Tensor.of(new float[] {3, Float.NaN}), yPred))
                .hasMessageContaining("NaN at index 1");
    }

    @Test
    void sparse_oneHotTargets_pointsToCategorical() {
        assertThatThrownBy(() -> new SparseCategoricalCrossentropy().call(Ops.ones(32, 10), Ops.ones(32, 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("yTrue=float32[32, 10], yPred=float32[32, 10]")
                .hasMessageContaining("use CategoricalCrossentropy");
    }

    @Test
    void categorical_classIndices_pointsToSparse() {
        Tensor labels = Tensor.of(new int[32]);
        for (Loss loss : new Loss[] {new CategoricalCrossentropy(), new CategoricalFocalCrossentropy()}) {
            assertThatThrownBy(() -> loss.call(labels, Ops.ones(32, 10))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(loss.className() + ": one-hot targets")
                    .hasMessageContaining("yTrue=int32[32], yPred=float32[32, 10]")
                    .hasMessageContaining("use SparseCategoricalCrossentropy");
        }
        assertThatThrownBy(() -> new CategoricalCrossentropy().call(Ops.ones(32, 9), Ops.ones(32, 10)))
                .hasMessageContaining("Give one row of 10 numbers per sample");
    }

    @Test
    void regression_shapesDontFit_saysHow() {
        assertThatThrownBy(() -> new MeanSquaredError().call(Ops.ones(32, 3), Ops.ones(32, 4)))
                .hasMessageContaining("yTrue=float32[32, 3], yPred=float32[32, 4]").hasMessageContaining("length of an axis");
        assertThatThrownBy(() -> new MeanAbsoluteError().call(Ops.ones(10), Ops.ones(10, 10)))
                .hasMessageContaining("They differ by 1 axis");
    }

    @Test
    void ctc_oneStepPerLabel_isMinusLogOfTheirProbabilities() {
        Tensor logits = Ops.log(Tensor.of(new float[][][] {{{0.2f, 0.7f, 0.1f}, {0.5f, 0.1f, 0.4f}}}));
        assertThat(new CTC().call(Tensor.of(new int[][] {{1, 2}}), logits).item())
                .isCloseTo(-Math.log(0.7 * 0.4), within(TOLERANCE));
        assertThat(new CTC().call(Tensor.of(new int[][] {{1, 0}}), logits).item())
                .isCloseTo(-Math.log(0.7 * 0.1 + 0.7 * 0.5 + 0.2 * 0.1), within(TOLERANCE));
        assertThat(new CTC().call(Tensor.of(new int[][] {{0, 0}}), logits).item())
                .isCloseTo(-Math.log(0.2 * 0.5), within(TOLERANCE));
    }

    @Test
    void ctc_wrongShapesOrLabels_sayWhatIsRequired() {
        assertThatThrownBy(() -> new CTC().call(Tensor.of(new int[4]), Ops.ones(4, 9, 5)))
                .hasMessageContaining("labels [batch, labels]").hasMessageContaining("yTrue=int32[4]");
        assertThatThrownBy(() -> new CTC().call(Tensor.of(new int[][] {{5}}), Ops.ones(1, 9, 5)))
                .hasMessageContaining("labels from 0 to 4");
    }

    @Test
    void checkTargets_types_needNoElements() {
        TensorType outputs = TensorType.of(DType.FLOAT32, 2, 3);
        new SparseCategoricalCrossentropy().checkTargets(Tensor.of(new int[] {2, 0}), outputs);
        assertThatThrownBy(() -> new SparseCategoricalCrossentropy().checkTargets(Tensor.of(new int[] {2, -1}), outputs))
                .hasMessageContaining("-1 at index 1");
    }

    @Test
    void resolve_crossentropy_dependsOnShapes() {
        TensorType column = TensorType.of(DType.FLOAT32, 32, 1);
        TensorType rows = TensorType.of(DType.FLOAT32, 32, 10);
        assertThat(Losses.resolve("crossentropy", column, column)).isInstanceOf(BinaryCrossentropy.class);
        assertThat(Losses.resolve("ce", TensorType.of(DType.INT32, 32), rows)).isInstanceOf(SparseCategoricalCrossentropy.class);
        assertThat(Losses.resolve("ce", rows, rows)).isInstanceOf(CategoricalCrossentropy.class);
        assertThat(Losses.resolve("mse", rows, rows)).isInstanceOf(MeanSquaredError.class);
    }

    @Test
    void reduction_unknown_namesNearMisses() {
        assertThatThrownBy(() -> new Hinge().reduction("summ")).hasMessageContaining("\"sum\"");
    }

    @Test
    void config_keras_sameKeysAndDefaults() {
        assertThat(new BinaryCrossentropy().config()).hasToString("{\"name\":\"binary_crossentropy\","
                + "\"reduction\":\"sum_over_batch_size\",\"from_logits\":false,\"label_smoothing\":0.0,\"axis\":-1}");
        assertThat(new Huber().config()).hasToString("{\"name\":\"huber_loss\",\"reduction\":\"sum_over_batch_size\"}");
        assertThat(new Dice().axis(1, 2).name("d").reduction("none").config())
                .hasToString("{\"name\":\"d\",\"reduction\":\"none\",\"axis\":[1,2]}");
    }

    @Test
    void config_oldReductions_areUnderstood() {
        assertThat(MeanSquaredError.from(Json.object().put("reduction", "auto")).reduction()).isEqualTo("sum_over_batch_size");
        assertThat(MeanSquaredError.from(Json.object().putNull("reduction")).reduction()).isEqualTo("none");
    }

    @Test
    void names_keras_areAllThere() {
        assertThat(Losses.registry().names()).contains("BCE", "KLD", "MAE", "MAPE", "MSE", "MSLE", "bce", "binary_crossentropy",
                "binary_focal_crossentropy", "categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge",
                "circle", "cosine_similarity", "ctc", "dice", "hinge", "huber", "kl_divergence", "kld", "log_cosh", "mae",
                "mape", "mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_error",
                "mean_squared_logarithmic_error", "mse", "msle", "poisson", "sparse_categorical_crossentropy", "squared_hinge",
                "tversky");
        assertThatThrownBy(() -> Losses.get("sparse_categorical_crosentropy"))
                .hasMessageContaining("\"sparse_categorical_crossentropy\"");
    }

    private static Tensor column(float... elements) {
        return Tensor.of(elements, elements.length, 1);
    }
}
