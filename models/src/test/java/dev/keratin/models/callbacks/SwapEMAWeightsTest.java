package dev.keratin.models.callbacks;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.callbacks;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.shuffle;
import static dev.keratin.models.training.FitOption.validationData;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.models.Sequential;
import dev.keratin.optimizers.LossScaleOptimizer;
import dev.keratin.optimizers.MultiOptimizer;
import dev.keratin.optimizers.Optimizer;
import dev.keratin.optimizers.OptimizerMap;
import dev.keratin.optimizers.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One weight, one step per epoch: 0.25, 0.4375, 0.578125; averages of momentum 0.5: 0.25, 0.34375, 0.4609375. */
class SwapEMAWeightsTest {
    private static final float[] WEIGHTS = {0.25f, 0.4375f, 0.578125f};
    private static final float[] AVERAGES = {0.25f, 0.34375f, 0.4609375f};

    private final float[][] x = {{1}};
    private final float[][] y = {{1}};
    private final List<Float> seen = new ArrayList<>();

    private static SGD sgd() {
        return new SGD(0.125).useEma(true).emaMomentum(0.5);
    }

    /** y = w x from w = 0; each step goes a quarter of the way to 1. */
    private static Sequential line(Optimizer optimizer) {
        Sequential model = sequential(input(1), dense(1).useBias(false).kernelInitializer("zeros"));
        model.compile(optimizer, "mse");
        return model;
    }

    private static float weight(Sequential model) {
        return model.weights().get(0).value().toFloatArray()[0];
    }

    static Stream<Optimizer> averaging() {
        return Stream.of(sgd(), new LossScaleOptimizer(sgd()), new MultiOptimizer(new OptimizerMap(sgd())));
    }

    @ParameterizedTest
    @MethodSource("averaging")
    void validation_seesTheAverages_trainingTheWeights(Optimizer optimizer) {
        Sequential model = line(optimizer);
        List<Float> after = new ArrayList<>();
        Callback watching = new Callback() {
            @Override
            public void onTestBegin() {
                seen.add(weight(model));
            }

            @Override
            public void onEpochEnd(int epoch, java.util.Map<String, Double> logs) {
                after.add(weight(model));
            }
        };

        model.fit(x, y, epochs(3), shuffle(false), verbose(0), validationData(x, y), callbacks(new SwapEMAWeights(), watching));

        assertThat(seen).containsExactly(AVERAGES[0], AVERAGES[1], AVERAGES[2]);
        assertThat(after).containsExactly(WEIGHTS[0], WEIGHTS[1], WEIGHTS[2]);
        assertThat(weight(model)).isEqualTo(AVERAGES[2]);
    }

    @Test
    void epochEnd_swapOnEpoch_leavesTheAveragesForLaterCallbacks() {
        Sequential model = line(sgd());
        Callback stopping = new LambdaCallback().onEpochEnd((epoch, logs) -> {
            seen.add(weight(model));
            if (epoch == 2) {
                model.stopTraining();
            }
        });

        model.fit(x, y, epochs(9), shuffle(false), verbose(0), callbacks(new SwapEMAWeights(true), stopping));

        assertThat(seen).containsExactly(AVERAGES[0], AVERAGES[1], AVERAGES[2]);
        assertThat(weight(model)).isEqualTo(AVERAGES[2]);
    }

    @Test
    void predict_usesTheAverages_andPutsTheWeightsBack() {
        Sequential model = line(sgd());
        for (int i = 0; i < 3; i++) {
            model.trainOnBatch(x, y);
        }

        assertThat(model.predict(x, callbacks(new SwapEMAWeights())).toFloatArray()).containsExactly(AVERAGES[2]);
        assertThat(weight(model)).isEqualTo(WEIGHTS[2]);
    }

    @Test
    void evaluate_optimizerWithoutAverages_isRefused() {
        Sequential model = line(new SGD(0.125).name("plain"));

        assertThatThrownBy(() -> model.evaluate(x, y, callbacks(new SwapEMAWeights()))).hasMessage("SwapEMAWeights: an optimizer"
                + " that keeps moving averages is required. Received: SGD \"plain\". Set useEma(true), and train before you"
                + " evaluate.");
    }
}
