package dev.keratin.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.CompiledFunction;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers on sequences against Keras: the configuration, outputs, gradients. {@code sequence_layers.py} wrote the cases. */
class SequenceLayersGoldenTest {
    /** Float32 on both sides, sums of up to a few hundred products of numbers near 1. */
    private static final Offset<Double> CLOSE = Offset.offset(2e-5);

    /** One case as written. */
    record Case(JsonNode json) {
        Layer layer() {
            ObjectNode description = json.get("layer").deepCopy();
            Layer layer = Layers.registry().deserialize(description);
            layer.setCallArguments((ObjectNode) json.get("call"));
            return layer;
        }

        List<Tensor> tensors(String key) {
            List<Tensor> tensors = new ArrayList<>();
            json.get(key).forEach(each -> tensors.add(tensor(each)));
            return tensors;
        }

        List<Tensor> inputs() {
            List<Tensor> inputs = tensors("inputs");
            for (int i = 0; i < inputs.size(); i++) {
                JsonNode mask = json.get("masks").get(i);
                inputs.get(i).attachMask(mask.isNull() ? null : tensor(mask));
            }
            return inputs;
        }

        static Tensor tensor(JsonNode packed) {
            long[] dims = Json.integers(packed, "shape").stream().mapToLong(i -> i).toArray();
            JsonNode data = packed.get("data");
            if (packed.get("dtype").asText().equals("bool")) {
                boolean[] elements = new boolean[data.size()];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = data.get(i).asBoolean();
                }
                return Tensor.of(elements, dims);
            }
            float[] elements = new float[data.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = (float) data.get(i).asDouble();
            }
            return Tensor.of(elements, dims);
        }

        /** The layer with the weights of the case. */
        Layer built() {
            Layer layer = layer();
            layer.call(inputs(), false);
            List<Tensor> values = tensors("weights");
            assertThat(layer.weights().stream().map(Variable::shape).toList())
                    .isEqualTo(values.stream().map(Tensor::shape).toList());
            for (int i = 0; i < values.size(); i++) {
                layer.weights().get(i).assign(values.get(i));
            }
            return layer;
        }

        @Override
        public String toString() {
            return json.get("name").asText();
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(SequenceLayersGoldenTest.class.getResourceAsStream("sequence_layers.json"))) {
            List<Case> cases = new ArrayList<>();
            Json.MAPPER.readTree(in).get("cases").forEach(each -> cases.add(new Case(each)));
            return cases.stream();
        }
    }

    private static void assertClose(List<? extends Tensor> actual, List<Tensor> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).shape()).isEqualTo(expected.get(i).shape());
            assertThat(actual.get(i).toDoubleArray()).as("tensor " + i).containsExactly(expected.get(i).toDoubleArray(), CLOSE);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void config_ofKeras_survives(Case golden) throws IOException {
        ObjectNode written = (ObjectNode) golden.json().get("layer").get("config");
        assertThat(Shared.withoutIds(golden.layer().config())).isEqualTo(Shared.withoutIds(written));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void call_eager_givesKerasOutputs(Case golden) {
        assertClose(golden.built().call(golden.inputs(), false), golden.tensors("outputs"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void call_compiled_givesKerasOutputs(Case golden) {
        Layer layer = golden.built();
        List<Tensor> inputs = golden.inputs();
        List<Tensor> given = new ArrayList<>(inputs);
        inputs.stream().filter(input -> input.mask() != null).forEach(input -> given.add(input.mask()));
        try (CompiledFunction compiled = new CompiledFunction(arguments -> {
            int mask = inputs.size();
            for (int i = 0; i < inputs.size(); i++) {
                arguments.get(i).attachMask(inputs.get(i).mask() == null ? null : arguments.get(mask++));
            }
            return layer.call(arguments.subList(0, inputs.size()), false);
        })) {
            assertClose(compiled.call(given), golden.tensors("outputs"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradients_ofInputsAndWeights_areThoseOfKeras(Case golden) {
        Layer layer = golden.built();
        List<Tensor> inputs = golden.inputs();
        List<Tensor> sources = new ArrayList<>(inputs.stream().filter(input -> input.dtype() != DType.BOOL).toList());
        List<Tensor> expected = golden.tensors("gradients");
        try (GradientTape tape = new GradientTape()) {
            sources.forEach(tape::watch);
            List<Tensor> outputs = layer.call(inputs, false);
            layer.trainableVariables().forEach(weight -> sources.add(weight.value()));
            List<Tensor> actual = tape.gradient(outputs, sources, golden.tensors("cotangents"));
            for (int i = 0; i < expected.size(); i++) {
                Tensor gradient = actual.get(i);
                double[] elements = gradient == null ? new double[(int) expected.get(i).size()] : gradient.toDoubleArray();
                assertThat(elements).as("gradient " + i).containsExactly(expected.get(i).toDoubleArray(), CLOSE);
            }
        }
    }

    /** Configurations without what depends on the process that wrote them. */
    private static final class Shared {
        static JsonNode withoutIds(JsonNode node) throws IOException {
            JsonNode copy = Json.MAPPER.readTree(node.toString());
            removeIds(copy);
            return copy;
        }

        private static void removeIds(JsonNode node) {
            if (node instanceof ObjectNode) {
                ((ObjectNode) node).remove(List.of("shared_object_id", "build_config"));
            }
            node.forEach(Shared::removeIds);
        }
    }
}
