package dev.keratin.models;

import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.profile.Profile;
import dev.keratin.random.Random;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest extends OnBackends {
    private static final int BATCH = 16;
    private static final int SIDE = 12;
    private static final int INSIDE = SIDE - 2;
    private static final int FILTERS = 8;
    private static final int CLASSES = 10;

    /** Flops of the product alone, without bias. */
    private static final long CONV_FLOPS = 2L * BATCH * INSIDE * INSIDE * FILTERS * 3 * 3 * 3;

    private static final long DENSE_FLOPS = 2L * BATCH * INSIDE * INSIDE * FILTERS * CLASSES;

    /** Flops of each elementwise op that a backend fuses behind the product. */
    private static final long ADDED = (long) BATCH * CLASSES;

    /** In microseconds: times are written as whole nanoseconds. */
    private static final double ROUNDING = 1e-3;

    @TempDir
    private Path folder;

    private static Model model() {
        Model model = sequential(input(SIDE, SIDE, 3), dropout(0.2).name("drop"),
                conv2d(FILTERS, 3).useBias(false).name("conv"), flatten(), dense(CLASSES).name("fc"));
        model.compile("adam", "mse");
        return model;
    }

    /** The trace of one step of training that was compiled before. */
    private List<JsonNode> trace(String backend) throws IOException {
        use(backend);
        Path file = folder.resolve("trace.json");
        Tensor x = Random.normal(Shape.of(BATCH, SIDE, SIDE, 3));
        Tensor y = Random.normal(Shape.of(BATCH, CLASSES));
        Model model = model();
        model.trainOnBatch(x, y);
        try (Profile profile = Profile.start(file)) {
            model.trainOnBatch(x, y);
            assertThat(profile.table()).contains("GFLOP/s").contains("/fc");
        }
        model.trainOnBatch(x, y);
        return StreamSupport.stream(new ObjectMapper().readTree(file.toFile()).spliterator(), false).toList();
    }

    private static List<JsonNode> ops(List<JsonNode> trace) {
        return trace.stream().filter(event -> event.path("cat").asText().equals("op")).toList();
    }

    private static JsonNode only(List<JsonNode> trace, String name) {
        List<JsonNode> found = trace.stream().filter(event -> event.path("name").asText().equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static List<String> layers(JsonNode op) {
        List<String> layers = new ArrayList<>();
        op.path("args").path("layers").forEach(layer -> layers.add(layer.asText()));
        return layers;
    }

    private static double end(JsonNode event) {
        return event.path("ts").asDouble() + event.path("dur").asDouble();
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void trace_trainingStep_hasEachLayersOpsForwardAndBackward(String backend) throws IOException {
        List<JsonNode> ops = ops(trace(backend));

        for (String layer : List.of("/conv", "/conv/gradient", "/drop", "/fc", "/fc/gradient", "loss", "adam", "metrics")) {
            assertThat(ops).as(layer).anySatisfy(op -> assertThat(layers(op)).anyMatch(path -> path.endsWith(layer)));
        }
        assertThat(ops).filteredOn(op -> layers(op).isEmpty()).as("ops without a layer").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void trace_convAndDense_haveTheirExactFlops(String backend) throws IOException {
        List<JsonNode> ops = ops(trace(backend));

        assertThat(flops(ops, "conv", "/conv")).containsExactly(CONV_FLOPS);
        assertThat(flops(ops, "convKernelGrad", "/conv/gradient")).containsExactly(CONV_FLOPS);
        assertThat(flops(ops, "matMul", "/fc")).containsExactly(DENSE_FLOPS);
        assertThat(flops(ops, "matMul", "/fc/gradient")).containsExactly(DENSE_FLOPS, DENSE_FLOPS);
    }

    /** Those of ops of a layer, less one for each element of the results of what was fused behind them. */
    private static List<Long> flops(List<JsonNode> ops, String name, String layer) {
        return ops.stream().filter(op -> op.path("name").asText().split("\\+")[0].equals(name))
                .filter(op -> op.path("args").path("layer").asText().endsWith(layer))
                .map(op -> op.path("args").path("flops").asLong() - (op.path("name").asText().split("\\+").length - 1) * ADDED)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void trace_spans_followOneAnotherWithinTheProgramWithinTheStep(String backend) throws IOException {
        List<JsonNode> trace = trace(backend);
        List<JsonNode> ops = ops(trace);
        JsonNode program = only(trace, "program");
        JsonNode step = only(trace, "train step");

        assertThat(program.path("ts").asDouble()).isGreaterThanOrEqualTo(step.path("ts").asDouble());
        assertThat(end(program)).isLessThanOrEqualTo(end(step) + ROUNDING);
        assertThat(ops.get(0).path("ts").asDouble()).isGreaterThanOrEqualTo(program.path("ts").asDouble());
        assertThat(end(ops.get(ops.size() - 1))).isLessThanOrEqualTo(end(program) + ROUNDING);
        assertThat(IntStream.range(1, ops.size()))
                .allMatch(i -> end(ops.get(i - 1)) <= ops.get(i).path("ts").asDouble() + ROUNDING);
    }

    /** Its executor takes the time once between two kernels, so that a profile accounts for all of it. */
    @Test
    void trace_spansOfNativeKernels_leaveNoGaps() throws IOException {
        List<JsonNode> ops = ops(trace(NATIVE));

        double sum = ops.stream().mapToDouble(op -> op.path("dur").asDouble()).sum();
        double whole = end(ops.get(ops.size() - 1)) - ops.get(0).path("ts").asDouble();
        assertThat(ops).hasSizeGreaterThan(1);
        assertThat(sum).as("microseconds of all ops").isCloseTo(whole, within(ops.size() * ROUNDING)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {JAVA, NATIVE})
    void trace_op_hasTypesAndRates(String backend) throws IOException {
        JsonNode conv = ops(trace(backend)).stream().filter(op -> op.path("name").asText().equals("conv")).findFirst()
                .orElseThrow().path("args");

        assertThat(conv.path("operands").toString()).isEqualTo("[\"float32[16, 12, 12, 3]\",\"float32[3, 3, 3, 8]\"]");
        assertThat(conv.path("results").toString()).isEqualTo("[\"float32[16, 10, 10, 8]\"]");
        assertThat(conv.path("bytes").asLong()).isEqualTo(4L * (16 * 12 * 12 * 3 + 3 * 3 * 3 * 8 + 16 * 10 * 10 * 8));
        double ratio = conv.path("gflops_per_second").asDouble() / conv.path("gigabytes_per_second").asDouble();
        assertThat(ratio).isCloseTo((double) CONV_FLOPS / conv.path("bytes").asLong(), within(1e-6));
    }
}
