package dev.keratin.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.goldens.GoldenCase;
import dev.keratin.random.GlobalSeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InitializersTest {
    /** The golden arrays were computed in float32; STFT's angles lose a few units in the last place there. */
    private static final double FLOAT32_TOLERANCE = 1e-6;

    /** What seed 42 gives for ever, on every machine. */
    private static final float[] HE_NORMAL_42 = {0.21997336f, -0.060475357f, -1.0648197f, -0.31387094f};

    @TestFactory
    Stream<DynamicTest> initializer_keras_sameElements() {
        return GoldenCase.table("initializers").stream().filter(each -> each.has("value"))
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> {
                    double[] elements = elements(made(each), shape(each));
                    assertThat(elements).containsExactly(each.values("value"), within(FLOAT32_TOLERANCE));
                }));
    }

    @TestFactory
    Stream<DynamicTest> initializer_keras_sameDistribution() {
        return GoldenCase.table("initializers").stream().filter(each -> each.json().has("std"))
                .map(each -> DynamicTest.dynamicTest(each.text("initializer") + each.json().get("shape") + each,
                        () -> assertDistribution(each, elements(made(each), shape(each)))));
    }

    private static void assertDistribution(GoldenCase golden, double[] x) {
        double std = golden.number("std");
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double fourth = Arrays.stream(x).map(v -> Math.pow(v - mean, 4)).average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(5 * std / Math.sqrt(x.length)));
        assertThat(Math.sqrt(variance)).isCloseTo(std, within(0.02 * std));
        assertThat(fourth / (variance * variance)).isCloseTo(golden.number("kurtosis"), within(0.15));
        if (golden.number("kurtosis") < 2.7) {
            assertThat(Arrays.stream(x).map(Math::abs).max().orElseThrow()).isLessThan(1.01 * golden.number("max"));
        }
    }

    @TestFactory
    Stream<DynamicTest> orthogonal_anyShape_orthogonalTimesGain() {
        return GoldenCase.table("initializers").stream().filter(each -> each.text("initializer").equals("Orthogonal"))
                .map(each -> DynamicTest.dynamicTest(each + " " + each.json().get("shape"),
                        () -> assertOrthogonal(shape(each), made(each), each.arguments().get("gain").asDouble())));
    }

    private static void assertOrthogonal(Shape shape, Initializer initializer, double gain) {
        double[] q = elements(initializer, shape);
        int columns = (int) shape.dim(-1);
        int rows = q.length / columns;
        boolean tall = rows >= columns;
        int vectors = Math.min(rows, columns);
        for (int i = 0; i < vectors; i++) {
            for (int j = 0; j < vectors; j++) {
                double product = 0;
                for (int k = 0; k < Math.max(rows, columns); k++) {
                    product += tall ? q[k * columns + i] * q[k * columns + j] : q[i * columns + k] * q[j * columns + k];
                }
                assertThat(product).isCloseTo(i == j ? gain * gain : 0, within(1e-6 * gain * gain));
            }
        }
    }

    @Test
    void orthogonal_square_isRandomInEverySign() {
        double[] q = elements(new Orthogonal().seed(7), Shape.of(30, 30));
        assertThat(Arrays.stream(q).filter(v -> v > 0).count()).isBetween(400L, 500L);
    }

    @Test
    void normalQuantile_knownPoints_matchTables() {
        assertThat(NormalQuantile.of(0.5)).isZero();
        assertThat(NormalQuantile.of(0.975)).isCloseTo(1.959963984540054, within(1e-14));
        assertThat(NormalQuantile.of(0.022750131948179207)).isCloseTo(-2, within(1e-14));
        assertThat(NormalQuantile.of(1e-12)).isCloseTo(-7.034483825301132, within(1e-12));
    }

    @Test
    void seed_same_sameBitsOnEveryBackend() {
        assertThat(new HeNormal(42).call(Shape.of(4), DType.FLOAT32).toFloatArray()).containsExactly(HE_NORMAL_42);
        assertThat(elements(new RandomNormal().seed(42), Shape.of(50)))
                .containsExactly(elements(new RandomNormal().seed(42), Shape.of(50)))
                .isNotEqualTo(elements(new RandomNormal().seed(43), Shape.of(50)));
    }

    @Test
    void seed_absent_followsGlobalSeed() {
        GlobalSeed.set(1);
        double[] first = elements(Initializers.get("glorot_uniform"), Shape.of(9));
        double[] second = elements(Initializers.get("glorot_uniform"), Shape.of(9));
        GlobalSeed.set(1);
        assertThat(elements(Initializers.get("glorot_uniform"), Shape.of(9))).containsExactly(first).isNotEqualTo(second);
    }

    @Test
    void elements_otherTypes_areRoundedOnce() {
        double[] wide = elements(new RandomUniform().seed(3), Shape.of(8), DType.FLOAT64);
        double[] narrow = elements(new RandomUniform().seed(3), Shape.of(8), DType.BFLOAT16);
        assertThat(narrow).containsExactly(wide, within(0.05 / 256));
        assertThat(elements(new Ones(), Shape.of(2), DType.INT32)).containsExactly(1, 1);
        assertThat(elements(new Ones(), Shape.of(2), DType.BOOL)).containsExactly(1, 1);
    }

    @TestFactory
    Stream<DynamicTest> config_roundTrip_sameConfig() {
        return Initializers.registry().names().stream().map(name -> DynamicTest.dynamicTest(name, () -> {
            ObjectNode config = Initializers.get(name).config();
            JsonNode description = Initializers.registry().serialize(Initializers.get(name));
            assertThat(description.get("class_name").asText()).isIn(Initializers.registry().names());
            assertThat(Initializers.registry().deserialize(description).config()).isEqualTo(config);
        }));
    }

    @Test
    void config_allArguments_underKerasNames() {
        assertThat(new VarianceScaling(2, "fan_avg", "uniform").seed(5).inputAxes(0).outputAxes(1, 2).config())
                .hasToString("{\"seed\":5,\"input_axes\":[0],\"output_axes\":[1,2],\"scale\":2.0,\"mode\":\"fan_avg\","
                        + "\"distribution\":\"uniform\"}");
        assertThat(new GlorotUniform().config().toString()).isEqualTo("{\"seed\":null,\"input_axes\":null,\"output_axes\":null}");
        assertThat(new Identity().config().toString()).isEqualTo("{}");
        assertThat(new Identity(2).config().toString()).isEqualTo("{\"gain\":2.0}");
        assertThat(new STFT("imag").config().toString())
                .isEqualTo("{\"side\":\"imag\",\"window\":\"hann\",\"periodic\":false,\"scaling\":\"density\"}");
    }

    @Test
    void constant_array_isStretchedAndSerialized() {
        Constant constant = new Constant(Tensor.of(new double[][] {{1}, {2}}));
        assertThat(elements(constant, Shape.of(2, 3))).containsExactly(1, 1, 1, 2, 2, 2);
        Initializer same = Initializers.registry().deserialize(Initializers.registry().serialize(constant));
        assertThat(elements(same, Shape.of(2, 3))).containsExactly(1, 1, 1, 2, 2, 2);
        assertThatThrownBy(() -> constant.bytes(Shape.of(3, 3), DType.FLOAT32)).hasMessageContaining("[3, 3]");
    }

    @Test
    void get_unknownName_namesNearMisses() {
        assertThatThrownBy(() -> Initializers.get("he_norml")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("initializer: ").hasMessageContaining("Received: \"he_norml\"")
                .hasMessageContaining("\"he_normal\"");
    }

    @Test
    void bytes_wrongRank_saysWhatIsRequired() {
        assertThatThrownBy(() -> new Orthogonal().bytes(Shape.of(3), DType.FLOAT32)).hasMessageContaining("two axes");
        assertThatThrownBy(() -> new Identity().bytes(Shape.of(3), DType.FLOAT32)).hasMessageContaining("matrix");
        assertThatThrownBy(() -> new Zeros().bytes(Shape.of(-1, 3), DType.FLOAT32)).hasMessageContaining("known lengths");
        assertThatThrownBy(() -> new VarianceScaling(1, "fan_on", "uniform")).hasMessageContaining("\"fan_on\"");
    }

    private static Initializer made(GoldenCase golden) {
        ObjectNode arguments = golden.arguments();
        if (!golden.has("value")) {
            arguments.put("seed", 1234);
        }
        return Initializers.registry().deserialize(Json.object().put("class_name", golden.text("initializer"))
                .set("config", arguments));
    }

    private static Shape shape(GoldenCase golden) {
        List<Long> dims = new ArrayList<>();
        golden.json().get("shape").forEach(dim -> dims.add(dim.asLong()));
        return Shape.of(dims);
    }

    private static double[] elements(Initializer initializer, Shape shape) {
        return elements(initializer, shape, DType.FLOAT32);
    }

    private static double[] elements(Initializer initializer, Shape shape, DType dtype) {
        try (Tensor tensor = initializer.call(shape, dtype)) {
            assertThat(tensor.type().toString()).isEqualTo(dtype.toString() + shape);
            return tensor.toDoubleArray();
        }
    }
}
