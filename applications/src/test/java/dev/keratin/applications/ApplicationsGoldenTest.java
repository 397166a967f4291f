package dev.keratin.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Backends;
import dev.keratin.config.Json;
import dev.keratin.config.Names;
import dev.keratin.models.Functional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds every architecture against what Keras says of it and computes with it; see {@code generate.py}. */
class ApplicationsGoldenTest {
    /** Of the largest output; float32 rounding alone moves the deepest networks by up to 3e-5. */
    private static final double TOLERANCE = 3e-5;

    @TestFactory
    Stream<DynamicTest> layers_ofEachArchitecture_areThoseOfKeras() {
        return factories().map(factory -> DynamicTest.dynamicTest(factory.getName(), () -> {
            Names.reset();
            assertThat(LayerTable.of(application(factory).build())).isEqualTo(table(factory.getName()));
        }));
    }

    @TestFactory
    Stream<DynamicTest> outputs_forTheSameWeights_areThoseOfKeras() throws IOException {
        JsonNode cases = Json.MAPPER.readTree(resource("formula.json"));
        return StreamSupport.stream(cases.spliterator(), false).map(each -> DynamicTest.dynamicTest(
                each.get("application").asText(), () -> checkOutput(each)));
    }

    private static void checkOutput(JsonNode golden) {
        Assumptions.assumeFalse(Backends.current().name().equals("java"), "the interpreter takes too long");
        int size = golden.get("size").asInt();
        Application<?> application = application(factory(golden.get("application").asText())).inputShape(size, size, 3);
        Functional model = (golden.get("top").asBoolean() ? application.classes(10).classifierActivation(null)
                : application.includeTop(false).pooling("avg")).build();
        Formula formula = new Formula(golden.get("seed").asLong(), golden.get("gain").asDouble());
        formula.assignWeights(model);
        float[] actual = model.predictOnBatch(formula.images(size, golden.get("bytes").asBoolean())).toFloatArray();
        double[] expected = StreamSupport.stream(golden.get("output").spliterator(), false)
                .mapToDouble(JsonNode::asDouble).toArray();
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("output %d", i).isCloseTo(expected[i], within(TOLERANCE * largest));
        }
    }

    static Stream<Method> factories() {
        return Arrays.stream(Applications.class.getMethods())
                .filter(method -> Application.class.isAssignableFrom(method.getReturnType()));
    }

    private static Method factory(String name) {
        return factories().filter(method -> method.getName().equalsIgnoreCase(name)).findFirst().orElseThrow();
    }

    static Application<?> application(Method factory) {
        try {
            return (Application<?>) factory.invoke(null);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }

    private static String table(String name) {
        return new String(resource("layers/" + name.toLowerCase(Locale.ROOT) + ".txt"), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = ApplicationsGoldenTest.class.getResourceAsStream("golden/" + name)) {
            assertThat(in).as("golden/" + name).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
