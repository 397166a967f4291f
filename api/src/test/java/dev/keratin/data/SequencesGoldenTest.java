package dev.keratin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences and windows of series, held against those of Keras. */
class SequencesGoldenTest {
    private static final int LENGTH = 20;
    private static final JsonNode GOLDENS = goldens();

    private final Tensor data = Ops.reshape(Ops.arange(2 * LENGTH), LENGTH, 2);

    private static JsonNode goldens() {
        try (InputStream in = SequencesGoldenTest.class.getResourceAsStream("/dev/keratin/goldens/sequences.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> padded() {
        return StreamSupport.stream(GOLDENS.get("padded").spliterator(), false);
    }

    static Stream<JsonNode> series() {
        return StreamSupport.stream(GOLDENS.get("series").spliterator(), false);
    }

    private static int[][] sequences() {
        return StreamSupport.stream(GOLDENS.get("sequences").spliterator(), false).map(SequencesGoldenTest::ints).toArray(int[][]::new);
    }

    /** All numbers in a nest of lists. */
    private static int[] ints(JsonNode node) {
        return node.isNumber() ? new int[] {node.asInt()}
                : StreamSupport.stream(node.spliterator(), false).flatMapToInt(each -> IntStream.of(ints(each))).toArray();
    }

    @ParameterizedTest
    @MethodSource("padded")
    void padSequences_options_givesKerassRows(JsonNode golden) {
        PadSequences pad = new PadSequences();
        golden.get("options").fields().forEachRemaining(option -> {
            switch (option.getKey()) {
                case "maxlen" -> pad.maxlen(option.getValue().asInt());
                case "padding" -> pad.padding(option.getValue().asText());
                case "truncating" -> pad.truncating(option.getValue().asText());
                case "value" -> pad.value(option.getValue().asDouble());
                default -> throw new AssertionError(option.getKey());
            }
        });

        Tensor rows = pad.apply(sequences());

        assertThat(rows.toIntArray()).isEqualTo(ints(golden.get("rows")));
        assertThat(rows.shape().dim(0)).isEqualTo(golden.get("rows").size());
    }

    @Test
    void padSequences_floats_stayFloats() {
        assertThat(new PadSequences().value(0.5).apply(new float[][] {{1.5f}, {2.5f, 3.5f}}).toFloatArray())
                .containsExactly(0.5f, 1.5f, 2.5f, 3.5f);
    }

    @Test
    void padSequences_otherSide_isRefused() {
        assertThatThrownBy(() -> new PadSequences().padding("left"))
                .hasMessage("PadSequences: \"pre\" or \"post\" is required as padding. Received: \"left\".");
    }

    @ParameterizedTest
    @MethodSource("series")
    void timeSeries_options_givesKerassBatches(JsonNode golden) {
        JsonNode options = golden.get("options");
        TimeSeries series = new TimeSeries(data, options.get("sequence_length").asInt());
        options.fields().forEachRemaining(option -> set(series, option.getKey(), option.getValue().asInt()));

        List<Batch> batches = new ArrayList<>();
        series.dataset().forEach(batches::add);

        assertThat(batches).hasSameSizeAs(golden.get("batches")).hasSize((int) series.dataset().cardinality());
        for (int i = 0; i < batches.size(); i++) {
            JsonNode expected = golden.get("batches").get(i);
            List<Tensor> tensors = batches.get(i).tensors();
            assertThat(tensors).hasSize(expected.size());
            for (int j = 0; j < tensors.size(); j++) {
                assertThat(tensors.get(j).toIntArray()).isEqualTo(ints(expected.get(j)));
            }
        }
    }

    private static void set(TimeSeries series, String option, int value) {
        switch (option) {
            case "sequence_length" -> { }
            case "targets" -> series.targets(Ops.multiply(Ops.arange(value), 100));
            case "sequence_stride" -> series.sequenceStride(value);
            case "sampling_rate" -> series.samplingRate(value);
            case "batch_size" -> series.batchSize(value);
            case "start_index" -> series.startIndex(value);
            case "end_index" -> series.endIndex(value);
            default -> throw new AssertionError(option);
        }
    }

    @Test
    void timeSeries_shuffled_holdsEachWindowOnceInAnOrderOfTheSeed() {
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        Dataset windows = new TimeSeries(data, 3).shuffle(true).seed(5).batchSize(4).dataset();
        for (Batch batch : windows) {
            assertThat(batch.x().get(0).shape()).isIn(Shape.of(4, 3, 2), Shape.of(2, 3, 2));
            first.addAll(IntStream.of(Ops.getItem(batch.x().get(0), ":, 0, 0").toIntArray()).boxed().toList());
        }
        new TimeSeries(data, 3).shuffle(true).seed(5).dataset().forEach(batch ->
                second.addAll(IntStream.of(Ops.getItem(batch.x().get(0), ":, 0, 0").toIntArray()).boxed().toList()));

        assertThat(first).isEqualTo(second).isNotEqualTo(first.stream().sorted().toList());
        assertThat(first.stream().sorted()).containsExactlyElementsOf(IntStream.range(0, 18).map(i -> 2 * i).boxed().toList());
    }

    @Test
    void timeSeries_withoutRoom_isRefused() {
        assertThatThrownBy(() -> new TimeSeries(data, 5).samplingRate(6).dataset()).hasMessage("TimeSeries: room for one window"
                + " is required. Received: measurements 0 to 20 for 5 steps, 6 apart. Take shorter windows.");
        assertThatThrownBy(() -> new TimeSeries(data, 21)).hasMessage("TimeSeries: a sequenceLength from 1 to 20 is required for"
                + " 20 measurements. Received: 21.");
        assertThatThrownBy(() -> new TimeSeries(data, 2).startIndex(10).targets(Ops.arange(9)).dataset())
                .hasMessageContaining("a target for each position from startIndex is required");
    }
}
