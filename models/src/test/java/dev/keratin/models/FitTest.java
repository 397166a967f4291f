package dev.keratin.models;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.model;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.shuffleSeed;
import static dev.keratin.models.training.FitOption.validationSplit;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Tensor;
import dev.keratin.initializers.GlorotUniform;
import dev.keratin.metrics.AUC;
import dev.keratin.models.training.Compilation;
import dev.keratin.models.training.History;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FitTest {
    private static final int SAMPLES = 100;
    private final float[][] x = new float[SAMPLES][2];
    private final float[][] y = new float[SAMPLES][1];

    FitTest() {
        Random random = new Random(7);
        for (int i = 0; i < SAMPLES; i++) {
            x[i][0] = random.nextFloat();
            x[i][1] = random.nextFloat();
            y[i][0] = 3 * x[i][0] - 2 * x[i][1] + 1;
        }
    }

    private static Sequential linear() {
        return sequential(input(2), dense(1).kernelInitializer(new GlorotUniform().seed(1)));
    }

    @Test
    void fit_linearData_findsTheCoefficients() {
        Sequential model = linear();
        model.compile(new dev.keratin.optimizers.Adam(0.1), "mse");
        History history = model.fit(x, y, epochs(60), batchSize(20), shuffleSeed(3), verbose(0));
        assertThat(history.get("loss").get(59)).isLessThan(1e-3);
        assertThat(model.weights().get(0).value().toFloatArray()).containsExactly(new float[] {3, -2}, within(0.2f));
        assertThat(model.evaluate(x, y).get("loss")).isLessThan(1e-3);
    }

    @Test
    void fit_eagerly_givesTheSameNumbers() {
        double[] losses = new double[2];
        for (int i = 0; i < 2; i++) {
            Sequential model = linear();
            model.compile(new Compilation("adam", "mse").runEagerly(i == 1));
            losses[i] = model.fit(x, y, epochs(2), batchSize(32), shuffleSeed(3), verbose(0)).get("loss").get(1);
        }
        assertThat(losses[1]).isCloseTo(losses[0], within(1e-6));
    }

    @Test
    void fit_validationSplit_reportsValidation() {
        Sequential model = linear();
        model.compile("sgd", "mse");
        History history = model.fit(x, y, epochs(2), validationSplit(0.2), verbose(0));
        assertThat(history.history()).containsOnlyKeys("loss", "val_loss");
        assertThat(history.get("val_loss")).hasSize(2);
    }

    @Test
    void fit_beforeCompile_saysWhatToDo() {
        assertThatThrownBy(() -> linear().fit(x, y)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("compiled model is required").hasMessageContaining("compile(");
    }

    @Test
    void fit_wrongInput_refusesAndChangesNothing() {
        Sequential model = linear();
        model.compile("sgd", "mse");
        float[] before = model.weights().get(0).value().toFloatArray();
        assertThatThrownBy(() -> model.fit(new float[10][3], new float[10][1])).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[null, 2] is required").hasMessageContaining("Received: float32[10, 3]");
        assertThat(model.weights().get(0).value().toFloatArray()).isEqualTo(before);
    }

    @Test
    void trainOnBatch_metricsOfOneClass_areToldApartAsInKeras() {
        Sequential model = sequential(input(2), dense(1).activation("sigmoid"));
        model.compile("sgd", "mse", new AUC(), new AUC().curve("PR"), new AUC().name("own"), "mae");
        assertThat(model.trainOnBatch(x, new float[SAMPLES][1]))
                .containsOnlyKeys("auc", "auc_1", "loss", "mae", "own");
    }

    @Test
    void trainOnBatch_frozenAfterCompile_takesEffectWithTheNextCompile() {
        Sequential model = linear();
        model.compile("sgd", "mse");
        model.trainOnBatch(x, y);
        float[] start = kernel(model);
        model.setTrainable(false);
        model.trainOnBatch(x, y);
        float[] trained = kernel(model);
        assertThat(trained).isNotEqualTo(start);
        model.compile("sgd", "mse");
        model.trainOnBatch(x, y);
        assertThat(kernel(model)).isEqualTo(trained);
    }

    private static float[] kernel(Sequential model) {
        return model.weights().get(0).value().toFloatArray();
    }

    @Test
    void functional_twoInputsTwoOutputs_trainsBoth() {
        var a = input("a", dev.keratin.backend.DType.FLOAT32, 2);
        var shared = dense(4).activation("tanh").name("shared");
        var hidden = shared.apply(a);
        var first = dense(1).name("first").apply(hidden);
        var second = dense(2).name("second").apply(hidden);
        Functional functional = model(a, java.util.List.of(first, second));
        functional.compile(new Compilation("adam", Map.of("first", "mse", "second", "mae")).lossWeights(Map.of("first", 2.0)));
        Map<String, Double> logs = functional.trainOnBatch(Map.of("a", x), Map.of("first", y, "second", x));
        assertThat(logs).containsOnlyKeys("loss", "first_loss", "second_loss");
        assertThat(logs.get("loss")).isCloseTo(2 * logs.get("first_loss") + logs.get("second_loss"), within(1e-5));
        assertThat(functional.predictAll(x)).extracting(Tensor::rank).containsExactly(2, 2);
    }

    @Test
    void toJson_fromJson_givesTheSameModel() {
        var in = input(2);
        var hidden = dense(3).name("hidden").apply(in);
        Functional original = model(in, dense(1).name("top").apply(hidden));
        Model copy = Models.fromJson(Models.toJson(original));
        assertThat(Models.toJson(copy)).isEqualTo(Models.toJson(original));
    }

    @Test
    void summary_isKerasTable() {
        Sequential model = new Sequential();
        model.setName("table");
        model.add((dev.keratin.layers.InputLayer) input(2).source().operation());
        model.add(dense(3).name("first"));
        assertThat(model.summaryText()).contains("Model: \"table\"\n")
                .contains("┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃\n")
                .contains("│ first (Dense)                   │ (None, 3)              │             9 │\n")
                .contains(" Total params: 9 (36.00 B)\n");
    }
}
