package dev.keratin.models;

import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.layers.Layers.maxPooling2d;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Configuration;
import dev.keratin.DTypePolicy;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.data.Datasets;
import dev.keratin.losses.SparseCategoricalCrossentropy;
import dev.keratin.models.training.Compilation;
import dev.keratin.optimizers.Adam;
import dev.keratin.optimizers.LossScaleOptimizer;
import dev.keratin.optimizers.SGD;
import dev.keratin.random.Random;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixedPolicyTest {
    private static final int STEPS = 240;
    private static final int BATCH = 64;
    /** How far the loss may be from that of float32, relative; both as means over an epoch. */
    private static final double LOSS = 0.01;
    private static final int EPOCH = 20;

    @AfterEach
    void restorePolicy() {
        Configuration.setDTypePolicy((DTypePolicy) null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed_bfloat16", "mixed_float16"})
    void lossCurve_mixedPolicy_staysWithinOnePercentOfFloat32(String policy) {
        List<Double> mixed = lossCurve(policy);
        List<Double> single = lossCurve("float32");

        for (int epoch = 0; epoch < STEPS / EPOCH; epoch++) {
            double expected = mean(single, epoch);
            assertThat(Math.abs(mean(mixed, epoch) - expected)).as("loss of epoch %d: %s", epoch, expected)
                    .isLessThan(LOSS * expected);
        }
        assertThat(mean(single, STEPS / EPOCH - 1)).as("float32 learns").isLessThan(mean(single, 0) / 2);
    }

    private static double mean(List<Double> curve, int epoch) {
        return curve.subList(epoch * EPOCH, (epoch + 1) * EPOCH).stream().mapToDouble(each -> each).average().orElseThrow();
    }

    private static List<Double> lossCurve(String policy) {
        Configuration.setDTypePolicy(policy);
        Random.setSeed(3);
        Model model = sequential(input(8, 8, 1), conv2d(16, 3).activation("relu"), maxPooling2d(2), flatten(),
                dense(10).activation("softmax"));
        model.compile(new SGD(0.005).momentum(0.9), "sparse_categorical_crossentropy");
        var digits = Datasets.digits();
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            int batch = step % EPOCH;
            losses.add(TensorScope.within(scope -> {
                model.resetMetrics();
                return model.trainOnBatch(batch(digits.xTrain(), batch), batch(digits.yTrain(), batch)).get("loss");
            }));
        }
        return losses;
    }

    private static Tensor batch(Tensor all, int number) {
        return Ops.take(all, Ops.arange(number * BATCH, (number + 1) * BATCH, 1, DType.INT32), 0);
    }

    @Test
    void layers_mixedPolicy_keepWeightsInFloat32AndGiveTheComputeType() {
        Configuration.setDTypePolicy("mixed_bfloat16");
        Model model = sequential(input(4), dense(3), dense(2).dtype("float32"));

        assertThat(model.inputs().get(0).dtype()).isEqualTo(DType.FLOAT32);
        assertThat(model.weights()).allMatch(weight -> weight.dtype() == DType.FLOAT32);
        assertThat(model.layer(0).apply(Ops.ones(1, 4)).dtype()).isEqualTo(DType.BFLOAT16);
        assertThat(model.predict(new float[1][4]).dtype()).isEqualTo(DType.FLOAT32);
    }

    @Test
    void compile_mixedFloat16_scalesTheLoss() {
        Model model = floatModel("mixed_float16");
        model.compile("adam", "mse");

        assertThat(model.optimizer()).isInstanceOf(LossScaleOptimizer.class);
        assertThat(model.compilationOrNull().config().at("/optimizer/class_name").asText()).isEqualTo("Adam");
    }

    @Test
    void compile_withoutNeedOrWish_leavesTheOptimizer() {
        Model half = floatModel("mixed_float16");
        half.compile(new Compilation("adam", "mse").autoScaleLoss(false));
        assertThat(half.optimizer()).isInstanceOf(Adam.class);

        Model brain = floatModel("mixed_bfloat16");
        brain.compile("adam", "mse");
        assertThat(brain.optimizer()).isInstanceOf(Adam.class);

        LossScaleOptimizer given = new LossScaleOptimizer(new Adam(1e-3));
        half.compile(given, "mse");
        assertThat(half.optimizer()).isSameAs(given);
    }

    @Test
    void trainOnBatch_gradientsOverflow_changesTheScaleAlone() {
        Model model = floatModel("mixed_float16");
        model.compile(new LossScaleOptimizer(new SGD(0.1)).initialScale(0x1p30), new SparseCategoricalCrossentropy().fromLogits(true));
        List<Variable> weights = model.weights();
        Tensor before = Ops.copy(weights.get(0).value());

        model.trainOnBatch(new float[][] {{1, 2, 3, 4}}, new int[] {1});

        assertThat(weights.get(0).value().toFloatArray()).containsExactly(before.toFloatArray());
        assertThat(model.optimizer().iterations().value().item()).isZero();
        assertThat(model.optimizer().variables().get(3).value().item()).as("scale").isEqualTo(0x1p29);
    }

    private static Model floatModel(String policy) {
        Configuration.setDTypePolicy(policy);
        return sequential(input(4), dense(3));
    }

    @Test
    void setDTypePolicy_unknown_saysWhatIsKnown() {
        assertThatThrownBy(() -> Configuration.setDTypePolicy("mixed_float32")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"mixed_float16\"").hasMessageContaining("Received: \"mixed_float32\"");
    }
}
