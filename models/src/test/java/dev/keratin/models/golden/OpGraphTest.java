package dev.keratin.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.OpTable;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.layers.Layers;
import dev.keratin.models.Model;
import dev.keratin.models.Models;
import dev.keratin.models.OnBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reads models of one function of {@code keras.ops} each that Keras wrote, computes what it computed and writes them back. */
class OpGraphTest extends OnBackends {
    private static final List<GoldenCase> CASES = GoldenCase.read("ops");

    @Test
    void opsOfTheTable_butTheListed_haveCases() {
        Set<String> untried = new TreeSet<>(OpTable.supported());
        CASES.forEach(golden -> ops(golden.config()).forEach(op -> untried.remove(op.path("class_name").asText())));
        assertThat(untried).isEqualTo(Listed.read("untried-ops.txt").keySet());
    }

    @Test
    void opsOfKeras_butTheListed_areInTheTable() {
        Set<String> missing = new TreeSet<>(OpTable.known());
        missing.removeAll(OpTable.supported());
        assertThat(missing).isEqualTo(Listed.read("missing-ops.txt").keySet());
    }

    @TestFactory
    Stream<DynamicTest> outputs_ofModelsThatKerasWrote_areThoseOfKeras() {
        return backends().flatMap(backend -> tests(backend, "outputs", golden -> {
            List<Tensor> found = model(golden).call(inputs(golden), false);
            checkOutputs(golden, found);
        }));
    }

    @TestFactory
    Stream<DynamicTest> config_writtenBack_isThatOfKeras() {
        return tests(JAVA, "config", golden -> {
            JsonNode written = Layers.registry().serialize(model(golden));
            assertThat(ops(written)).isEqualTo(ops(golden.config()));
            assertThat(written.at("/config/output_layers")).isEqualTo(golden.config().at("/config/output_layers"));
        });
    }

    @TestFactory
    Stream<DynamicTest> outputs_ofModelsWrittenAndReadBack_areThoseOfKeras() {
        return tests(JAVA, "written", golden -> {
            Model again = Models.fromJson(Models.toJson(model(golden)));
            checkOutputs(golden, again.call(inputs(golden), false));
        });
    }

    private static Stream<DynamicTest> tests(String backend, String what, Consumer<GoldenCase> check) {
        return CASES.stream().map(golden -> DynamicTest.dynamicTest(backend + " " + what + " " + golden.name(), () -> {
            use(backend);
            GoldenLayersTest.run(what + " " + golden.name(), backend, () -> check.accept(golden));
        }));
    }

    private static Model model(GoldenCase golden) {
        return Models.fromConfig(golden.config());
    }

    private static List<Tensor> inputs(GoldenCase golden) {
        return golden.numbered("input").stream().map(GoldenCase.Array::tensor).toList();
    }

    private static void checkOutputs(GoldenCase golden, List<Tensor> found) {
        List<GoldenCase.Array> expected = golden.numbered("output");
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).dtype()).isEqualTo(expected.get(i).type().dtype());
            Tolerance.of(golden, "").check("output " + i, found.get(i), expected.get(i).tensor());
        }
    }

    /**
     * The ops that a configuration lists: numbers by value, keywords of calls after their other arguments, NumPy's arrays as
     * tensors, the name once.
     */
    private static List<JsonNode> ops(JsonNode config) {
        List<JsonNode> ops = new ArrayList<>();
        config.at("/config/layers").forEach(each -> {
            if (OpTable.describes(each)) {
                ops.add(normal(each));
            }
        });
        return ops;
    }

    private static JsonNode normal(JsonNode value) {
        if (value.isNumber()) {
            return DoubleNode.valueOf(value.doubleValue());
        } else if (value.isArray()) {
            return Json.MAPPER.createArrayNode().addAll(StreamSupport.stream(value.spliterator(), false).map(OpGraphTest::normal).toList());
        } else if (!value.isObject()) {
            return value;
        }
        ObjectNode object = Json.object();
        value.fields().forEachRemaining(each -> object.set(each.getKey(), normal(each.getValue())));
        if (object.has("inbound_nodes")) {
            ((ObjectNode) object.get("config")).remove("name");
        } else if (object.has("kwargs")) {
            ArrayNode arguments = (ArrayNode) object.get("args");
            object.remove("kwargs").forEach(arguments::add);
            while (arguments.size() > 0 && arguments.get(arguments.size() - 1).isNull()) {
                arguments.remove(arguments.size() - 1);
            }
        }
        if (object.path("class_name").asText().equals("__numpy__")) {
            object.put("class_name", "__tensor__");
        }
        return object;
    }
}
