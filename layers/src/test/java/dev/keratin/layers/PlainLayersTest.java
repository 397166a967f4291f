package dev.keratin.layers;

import static dev.keratin.layers.Layers.identity;
import static dev.keratin.layers.Layers.lambda;
import static dev.keratin.layers.Layers.masking;
import static dev.keratin.layers.Layers.normalization;
import static dev.keratin.layers.Layers.rescaling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Masking, Identity, Lambda, Rescaling, Normalization. */
class PlainLayersTest {
    /** A few roundings of float32 numbers near 1. */
    private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

    private static Layer again(Layer layer) {
        return Layers.registry().deserialize(Layers.registry().serialize(layer));
    }

    @Test
    void masking_stepsOfTheValue_areZeroAndMasked() {
        Tensor out = masking(2).apply(Tensor.of(new float[][][] {{{2, 2}, {2, 1}, {0, 0}}}));
        assertThat(out.toFloatArray()).containsExactly(0, 0, 2, 1, 0, 0);
        assertThat(out.mask().toBooleanArray()).containsExactly(false, true, true);
        assertThat(again(masking(2)).config().get("mask_value").asDouble()).isEqualTo(2);
    }

    @Test
    void identity_masked_passesMaskOn() {
        Tensor masked = masking().apply(Tensor.of(new float[][][] {{{1}, {0}}}));
        assertThat(identity().apply(masked).mask().toBooleanArray()).containsExactly(true, false);
    }

    @Test
    void lambda_registered_survivesConfig() {
        Lambda twice = lambda("plain_layers_twice", x -> Ops.multiply(x, 2));
        Tensor x = Tensor.of(new float[] {1, 3}, 1, 2);
        assertThat(twice.apply(x).toFloatArray()).containsExactly(2, 6);
        assertThat(again(twice).apply(x).toFloatArray()).containsExactly(2, 6);
    }

    @Test
    void lambda_unknown_namesTheRegistrationToAdd() {
        assertThatThrownBy(() -> new Lambda("plain_layers_none")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a registered Java function is required")
                .hasMessageContaining("Received: \"plain_layers_none\"")
                .hasMessageContaining("Lambda.register(\"plain_layers_none\", x -> ...)");
    }

    @Test
    void lambda_pythonBytecode_isRefusedUnlessReplaced() {
        ObjectNode description = Json.object().put("class_name", "Lambda");
        ObjectNode config = description.putObject("config").put("name", "plain_layers_code");
        config.putObject("function").put("class_name", "__lambda__").putObject("config").put("code", "4wEA");
        assertThatThrownBy(() -> Layers.registry().deserialize(description)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Received: Python bytecode, which is never run")
                .hasMessageContaining("Lambda.register(\"plain_layers_code\", x -> ...)");
        Lambda.register("plain_layers_code", x -> Ops.add(x, 1));
        assertThat(Layers.registry().deserialize(description).apply(Tensor.of(new float[] {1}, 1)).toFloatArray())
                .containsExactly(2);
    }

    @Test
    void rescaling_bytes_givesFloats() {
        Tensor bytes = Ops.cast(Tensor.of(new int[] {0, 255, 51}, 1, 3), "uint8");
        assertThat(rescaling(1.0 / 255).offset(-0.5).apply(bytes).toFloatArray()).containsExactly(new float[] {-0.5f, 0.5f, -0.3f}, CLOSE);
    }

    @Test
    void rescaling_perChannel_survivesConfig() {
        Layer layer = again(rescaling(1, 2).offset(0, 10));
        assertThat(layer.apply(Tensor.of(new float[] {3, 4}, 1, 2)).toFloatArray()).containsExactly(3, 18);
    }

    @Test
    void normalization_adaptedToBatches_isThatOfAllTogether() {
        Normalization layer = normalization();
        layer.adapt(List.of(Tensor.of(new float[][] {{1, 0}, {3, 0}}), Tensor.of(new float[][] {{8, 6}})));
        assertThat(layer.weights().get(0).value().toFloatArray()).containsExactly(new float[] {4, 2}, CLOSE);
        assertThat(layer.weights().get(1).value().toFloatArray()).containsExactly(new float[] {26 / 3f, 8}, CLOSE);
        assertThat(layer.apply(Tensor.of(new float[][] {{4, 10}})).toFloatArray())
                .containsExactly(new float[] {0, (float) (8 / Math.sqrt(8))}, CLOSE);
        assertThat(layer.trainableVariables()).isEmpty();
    }

    @Test
    void normalization_oneForAll_adaptsToScalar() {
        Normalization layer = normalization(new int[0]);
        layer.adapt(Tensor.of(new float[][] {{1, 3}, {5, 7}}));
        assertThat(layer.weights().get(0).value().item()).isEqualTo(4);
        assertThat(layer.weights().get(1).value().item()).isEqualTo(5);
    }

    @Test
    void normalization_given_invertsAndSurvivesConfig() {
        Normalization layer = normalization().meanAndVariance(new double[] {1, 2}, new double[] {4, 9});
        Tensor x = Tensor.of(new float[][] {{3, 5}});
        assertThat(again(layer).apply(x).toFloatArray()).containsExactly(new float[] {1, 1}, CLOSE);
        Tensor back = again(layer.invert(true)).apply(Tensor.of(new float[][] {{1, 1}}));
        assertThat(back.toFloatArray()).containsExactly(new float[] {3, 5}, CLOSE);
        assertThat(layer.weights()).isEmpty();
    }

    @Test
    void normalization_noBatches_isRefused() {
        assertThatThrownBy(() -> normalization().adapt(List.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one batch is required to adapt");
    }

    @Test
    void normalization_otherLength_isRefused() {
        Normalization layer = normalization();
        layer.adapt(Tensor.of(new float[2][3]));
        assertThatThrownBy(() -> layer.apply(Tensor.of(new float[2][4]))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("built for inputs with last axis 3").hasMessageContaining("float32[2, 4]");
    }
}
