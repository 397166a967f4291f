package dev.keratin.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricTest {
    /** float32 arithmetic on a handful of numbers. */
    private static final double TOLERANCE = 1e-6;

    @Test
    void result_withoutBatches_isZero() {
        assertThat(new Mean().value()).isZero();
        assertThat(new SparseCategoricalAccuracy().value()).isZero();
        assertThat(new Precision().value()).isZero();
        assertThat(new AUC().value()).isZero();
    }

    @Test
    void mean_scalars_countAsOneEach() {
        Mean mean = new Mean();
        mean.update(Tensor.of(2f));
        mean.update(Tensor.of(4f), Tensor.of(3f));
        assertThat(mean.value()).isCloseTo(14 / 4.0, within(TOLERANCE));
    }

    @Test
    void mean_asMetricOfModel_isOfItsOutputs() {
        Mean mean = new Mean();
        mean.updateState(Tensor.of(new float[] {9, 9}), Tensor.of(new float[] {1, 3}));
        assertThat(mean.value()).isCloseTo(2, within(TOLERANCE));
    }

    @Test
    void updateState_maskOfPredictions_leavesOut() {
        Tensor yPred = Tensor.of(new float[][] {{0.1f, 0.9f}, {0.9f, 0.1f}});
        yPred.attachMask(Tensor.of(new boolean[] {true, false}));
        SparseCategoricalAccuracy metric = new SparseCategoricalAccuracy();
        metric.updateState(Tensor.of(new int[] {1, 1}), yPred);
        assertThat(metric.value()).isEqualTo(1);
    }

    @Test
    void meanMetricWrapper_function_isAveraged() {
        MeanMetricWrapper worst = new MeanMetricWrapper((y, p) -> Ops.max(Ops.abs(Ops.subtract(y, p)), -1), "worst");
        worst.updateState(Ops.zeros(2, 2), Tensor.of(new float[][] {{1, -3}, {5, 0}}));
        assertThat(worst.value()).isCloseTo(4, within(TOLERANCE));
        assertThat(worst.name()).isEqualTo("worst");
    }

    @Test
    void ownMetric_variables_areResetToZeros() {
        Metric batches = new Metric("batches") {
            private final Variable count = addVariable("count");

            @Override
            public void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
                count.assignAdd(Ops.scalar(dtype(), 1));
            }

            @Override
            public Tensor result() {
                return Ops.multiply(count.value(), 1);
            }
        };
        batches.updateState(Ops.zeros(1), Ops.zeros(1));
        assertThat(batches.value()).isEqualTo(1);
        batches.resetState();
        assertThat(batches.value()).isZero();
        assertThat(batches.variables()).hasSize(1);
    }

    @Test
    void variables_keras_sameNamesAndShapes() {
        assertThat(new Mean().variables()).hasToString("[Variable(total, float32[]), Variable(count, float32[])]");
        assertThat(new Precision(0.2, 0.5).variables())
                .hasToString("[Variable(true_positives, float32[2]), Variable(false_positives, float32[2])]");
        assertThat(new MeanIoU(3).variables()).hasToString("[Variable(total_confusion_matrix, int64[3, 3])]");
        assertThat(new AUC().numThresholds(7).multiLabel(true).numLabels(2).variables()).hasSize(4)
                .allMatch(variable -> variable.shape().toString().equals("[7, 2]"));
    }

    @Test
    void resolve_accuracy_dependsOnShapes() {
        assertThat(resolved("accuracy", 32, 1, 32, 1)).isInstanceOf(BinaryAccuracy.class);
        assertThat(resolved("acc", 32, 10, 32, 10)).isInstanceOf(CategoricalAccuracy.class);
        assertThat(resolved("accuracy", 32, 1, 32, 10)).isInstanceOf(SparseCategoricalAccuracy.class);
        assertThat(Metrics.resolve("accuracy", TensorType.of(DType.INT32, 32), TensorType.of(DType.FLOAT32, 32, 10)))
                .isInstanceOf(SparseCategoricalAccuracy.class);
        assertThat(resolved("crossentropy", 32, 1, 32, 10)).isInstanceOf(SparseCategoricalCrossentropy.class);
        assertThat(resolved("ce", 32, 1, 32, 1)).isInstanceOf(BinaryCrossentropy.class);
    }

    @Test
    void resolve_names_areWhatWasAskedFor() {
        assertThat(resolved("acc", 32, 10, 32, 10).name()).isEqualTo("acc");
        assertThat(resolved("mse", 32, 10, 32, 10).name()).isEqualTo("mse");
    }

    private static Metric resolved(String id, long rows, long targets, long samples, long outputs) {
        return Metrics.resolve(id, TensorType.of(DType.FLOAT32, rows, targets), TensorType.of(DType.FLOAT32, samples, outputs));
    }

    @Test
    void direction_isThatOfKeras() {
        assertThat(new AUC().direction()).isEqualTo(Direction.UP);
        assertThat(new MeanSquaredError().direction()).isEqualTo(Direction.DOWN);
        assertThat(new FalsePositives().direction()).isEqualTo(Direction.UNKNOWN);
    }

    @Test
    void auc_precisionRecallGain_followsKeras() {
        AUC auc = new AUC().curve("prgain").thresholds(0.2, 0.4, 0.6);
        auc.updateState(Tensor.of(new float[] {0, 0, 1, 1, 1}), Tensor.of(new float[] {0, 0.5f, 0.3f, 0.9f, 0.1f}));
        assertThat(auc.value()).isCloseTo(0.0625, within(TOLERANCE));
    }

    @Test
    void arguments_bad_sayWhatIsRequired() {
        assertThatThrownBy(() -> new Precision(1.5)).hasMessage(
                "Precision: thresholds from 0 to 1 are required. Received: [1.5].");
        assertThatThrownBy(() -> new AUC().curve("roq")).hasMessageContaining("[ROC, PR, PRGAIN]")
                .hasMessageContaining("\"roq\"");
        assertThatThrownBy(() -> new AUC().numThresholds(1)).hasMessageContaining("at least 2");
        assertThatThrownBy(() -> new IoU(3, 3)).hasMessageContaining("from 0 to 2").hasMessageContaining("[3]");
        assertThatThrownBy(() -> new PrecisionAtRecall(2)).hasMessageContaining("recall from 0 to 1");
        assertThatThrownBy(() -> new F1Score().average("mean")).hasMessageContaining("micro");
        assertThatThrownBy(() -> Metrics.get("precision_at_recall")).hasMessageContaining("the argument recall is required");
    }

    @Test
    void updateState_shapesDontFit_saysHow() {
        assertThatThrownBy(() -> new SparseCategoricalAccuracy().updateState(Ops.ones(4, 3), Ops.ones(4, 3)))
                .hasMessageContaining("yTrue=float32[4, 3]").hasMessageContaining("without \"sparse\"");
        assertThatThrownBy(() -> new CategoricalAccuracy().updateState(Ops.ones(4), Ops.ones(4, 3)))
                .hasMessageContaining("with \"sparse\"");
        assertThatThrownBy(() -> new Recall().classId(5).updateState(Ops.ones(4, 3), Ops.ones(4, 3)))
                .hasMessageContaining("Received: 5");
        assertThatThrownBy(() -> new F1Score().result()).hasMessageContaining("a batch is required");
    }

    @Test
    void config_keras_sameKeysAndDefaults() {
        assertThat(new AUC().config()).hasToString("{\"name\":\"auc\",\"dtype\":\"float32\",\"num_thresholds\":200,"
                + "\"curve\":\"ROC\",\"summation_method\":\"interpolation\",\"multi_label\":false,\"num_labels\":null,"
                + "\"label_weights\":null,\"from_logits\":false}");
        assertThat(new Precision().config()).hasToString("{\"name\":\"precision\",\"dtype\":\"float32\",\"thresholds\":null,"
                + "\"top_k\":null,\"class_id\":null}");
        assertThat(new CosineSimilarity().config()).hasToString("{\"name\":\"cosine_similarity\",\"dtype\":\"float32\"}");
        assertThat(MeanSquaredError.from(Json.object().put("dtype", "float64")).dtype()).isEqualTo(DType.FLOAT64);
    }

    @Test
    void names_keras_areAllThere() {
        assertThat(Metrics.registry().names()).contains("AUC", "Accuracy", "BCE", "MAE", "MAPE", "MSE", "MSLE", "accuracy", "auc",
                "bce", "binary_accuracy", "binary_io_u", "f1_score", "f_beta_score", "io_u", "log_cosh_error", "mae", "mape",
                "mean", "mean_io_u", "mse", "msle", "one_hot_io_u", "one_hot_mean_io_u", "r2_score", "sum");
        assertThatThrownBy(() -> Metrics.get("acuracy")).hasMessageContaining("\"accuracy\"");
    }
}
