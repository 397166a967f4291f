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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds every architecture against what Keras says of it and computes with it; see {@code generate.py}. */
class ApplicationsGoldenTest {
    /** Of the largest output; float32 rounding alone moves the deepest networks by up to 3e-5. */
    private static final double TOLERANCE = 3e-5;

    /** Their weights take 0.8 and 1.4 GB; they differ from the others of their family in one number. */
    private static final Set<String> TOO_LARGE = Set.of("ConvNeXtLarge", "ConvNeXtXLarge");

    @TestFactory
    Stream<DynamicTest> layers_ofEachArchitecture_areThoseOfKeras() {
        return factories().filter(factory -> hasTable(factory.getName())).map(factory -> DynamicTest.dynamicTest(
                factory.getName(), () -> {
                    Names.reset();
                    assertThat(LayerTable.of(application(factory).build())).isEqualTo(table(factory.getName()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> layers_forOtherSettings_areThoseOfKeras() {
        return cases("digests.json").filter(each -> !TOO_LARGE.contains(each.get("application").asText()))
                .map(each -> DynamicTest.dynamicTest(each.get("application").asText() + each.get("arguments"),
                        () -> checkDigest(each)));
    }

    private static void checkDigest(JsonNode golden) throws NoSuchAlgorithmException {
        Names.reset();
        Application<?> application = application(factory(golden.get("application").asText()));
        golden.get("arguments").fields().forEachRemaining(each -> KerasArguments.set(application, each.getKey(), each.getValue()));
        String table = LayerTable.of(application.build());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(table.getBytes(StandardCharsets.UTF_8));
        assertThat(table.lines().findFirst()).hasValue(golden.get("head").asText());
        assertThat(HexFormat.of().formatHex(digest)).as(table).isEqualTo(golden.get("sha256").asText());
    }

    @Test
    void architectures_all_areHeldAgainstKeras() {
        Stream<String> digests = cases("digests.json").filter(each -> each.get("arguments").isEmpty())
                .map(each -> each.get("application").asText().toLowerCase(Locale.ROOT));

        assertThat(factories().map(Method::getName).filter(name -> !hasTable(name)).map(name -> name.toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrderElementsOf(digests.toList());
    }

    @TestFactory
    Stream<DynamicTest> outputs_forTheSameWeights_areThoseOfKeras() {
        return cases("formula.json").map(each -> DynamicTest.dynamicTest(
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

    private static Stream<JsonNode> cases(String name) {
        try {
            return StreamSupport.stream(Json.MAPPER.readTree(resource(name)).spliterator(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasTable(String name) {
        return ApplicationsGoldenTest.class.getResource("golden/" + tableName(name)) != null;
    }

    private static String table(String name) {
        return new String(resource(tableName(name)), StandardCharsets.UTF_8);
    }

    private static String tableName(String name) {
        return "layers/" + name.toLowerCase(Locale.ROOT) + ".txt";
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
