package dev.keratin.models;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.cloneModel;
import static dev.keratin.models.Models.model;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.layers.Dense;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers, outputs and weights that are taken out of models. */
class PartsTest {
    private final Sequential stack = sequential(input(3), dense(4).activation("relu").name("hidden"), dense(2).name("last"));
    private final Tensor rows = Tensor.of(new float[][] {{1, 2, 3}, {-1, 0, 2}});

    @Test
    void output_ofALayer_endsAModelThatSharesItsWeights() {
        Dense hidden = (Dense) stack.layer("hidden");
        Tensor expected = Ops.relu(Ops.add(Ops.matmul(rows, hidden.kernel().value()), hidden.bias().value()));
        assertThat(model(stack.inputs(), hidden.output()).predict(rows, verbose(0)).toFloatArray())
                .containsExactly(expected.toFloatArray(), within(1e-6f));
    }

    @Test
    void output_ofAModel_isThatOfItsGraphHoweverOftenItIsCalled() {
        stack.apply(input(3));
        stack.apply(input(3));
        assertThat(stack.output()).isSameAs(stack.outputs().get(0));
        assertThat(stack.calls()).hasSize(2);
    }

    @Test
    void output_ofALayerCalledTwice_isRefused() {
        Dense shared = dense(2);
        shared.apply(input(3));
        shared.apply(input(3));
        assertThatThrownBy(shared::output).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one call").hasMessageContaining("Received: ").hasMessageContaining("calls()");
    }

    @Test
    void output_ofAnUncalledLayer_isRefused() {
        assertThatThrownBy(dense(2)::output).hasMessageContaining("Received: calls with the outputs []");
    }

    @Test
    void setWeights_ofAClone_makesItPredictTheSame() {
        Model clone = cloneModel(stack);
        assertThat(clone.predict(rows, verbose(0)).toFloatArray()).isNotEqualTo(stack.predict(rows, verbose(0)).toFloatArray());
        clone.setWeights(stack.getWeights());
        assertThat(clone.predict(rows, verbose(0)).toFloatArray()).isEqualTo(stack.predict(rows, verbose(0)).toFloatArray());
    }

    @Test
    void getWeights_isACopyThatTrainingDoesNotChange() {
        Tensor before = stack.getWeights().get(0);
        float[] elements = before.toFloatArray();
        stack.compile("sgd", "mse");
        stack.fit(rows, Ops.ones(2, 2), verbose(0));
        assertThat(before.toFloatArray()).isEqualTo(elements);
        assertThat(stack.weights().get(0).value().toFloatArray()).isNotEqualTo(elements);
    }

    @Test
    void setWeights_thatDoNotFit_changeNothing() {
        float[] before = stack.weights().get(0).value().toFloatArray();
        List<Tensor> wrong = List.of(Ops.ones(3, 4), Ops.ones(4), Ops.ones(4, 2), Ops.ones(3));
        assertThatThrownBy(() -> stack.setWeights(wrong)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setWeights: values for [Variable(kernel, float32[3, 4])")
                .hasMessageContaining("Received: [float32[3, 4], float32[4], float32[4, 2], float32[3]]");
        assertThat(stack.weights().get(0).value().toFloatArray()).isEqualTo(before);
    }

    @Test
    void layer_byNegativePosition_countsFromTheEnd() {
        assertThat(stack.layer(-1).name()).isEqualTo("last");
        assertThat(stack.layer(-2)).isSameAs(stack.layer(0));
    }

    @Test
    void layer_beyondTheLayers_isRefused() {
        assertThatThrownBy(() -> stack.layer(2)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("from -2 to 1").hasMessageContaining("Received: 2").hasMessageContaining("layers()");
    }
}
