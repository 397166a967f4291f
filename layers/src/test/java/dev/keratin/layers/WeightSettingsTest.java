package dev.keratin.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.constraints.MaxNorm;
import dev.keratin.initializers.HeNormal;
import dev.keratin.regularizers.L2;
import org.junit.jupiter.api.Test;

/** The settings of weights by Keras name are those by object. */
class WeightSettingsTest {
    @Test
    void normalization_byName_isTheSameAsByObject() {
        assertThat(new LayerNormalization().gammaInitializer("he_normal").gammaRegularizer("l2").gammaConstraint("max_norm")
                .betaInitializer("he_normal").betaRegularizer("l2").betaConstraint("max_norm").name("n").config())
                .isEqualTo(new LayerNormalization().gammaInitializer(new HeNormal()).gammaRegularizer(new L2())
                        .gammaConstraint(new MaxNorm()).betaInitializer(new HeNormal()).betaRegularizer(new L2())
                        .betaConstraint(new MaxNorm()).name("n").config());
    }

    @Test
    void embedding_byName_isTheSameAsByObject() {
        assertThat(new Embedding(3, 2).embeddingsRegularizer("l2").embeddingsConstraint("max_norm").name("e").config())
                .isEqualTo(new Embedding(3, 2).embeddingsRegularizer(new L2()).embeddingsConstraint(new MaxNorm()).name("e")
                        .config());
    }

    @Test
    void prelu_byName_isTheSameAsByObject() {
        assertThat(new PReLU().alphaRegularizer("l2").alphaConstraint("max_norm").name("p").config())
                .isEqualTo(new PReLU().alphaRegularizer(new L2()).alphaConstraint(new MaxNorm()).name("p").config());
    }

    @Test
    void separableConv_ofAllNames_keepsDepthwiseAndPointwiseApart() {
        var config = new SeparableConv2D(4, 3).depthwiseRegularizer("l1").pointwiseRegularizer("l2").depthMultiplier(2).config();
        assertThat(config.at("/depthwise_regularizer/class_name").asText()).isEqualTo("L1");
        assertThat(config.at("/pointwise_regularizer/class_name").asText()).isEqualTo("L2");
        assertThat(config.get("depth_multiplier").asInt()).isEqualTo(2);
    }
}
