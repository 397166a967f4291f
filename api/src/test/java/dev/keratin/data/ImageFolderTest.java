package dev.keratin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Five small images in two folders, held against what Keras makes of them. */
class ImageFolderTest {
    /** The goldens have four digits, and numbers up to 255 are mixed in float32. */
    private static final Offset<Float> CLOSE = within(2e-4f);
    private static final Path FOLDER = folder();

    @TempDir
    private Path directory;

    private static Path folder() {
        try {
            return Path.of(ImageFolderTest.class.getResource("/dev/keratin/goldens/images/images.json").toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<JsonNode> cases() throws IOException {
        JsonNode goldens = new ObjectMapper().readTree(FOLDER.resolve("images.json").toFile());
        return StreamSupport.stream(goldens.spliterator(), false);
    }

    private static List<Batch> batches(Dataset images) {
        List<Batch> batches = new ArrayList<>();
        images.forEach(batches::add);
        return batches;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void batches_options_areKerass(JsonNode golden) {
        JsonNode options = golden.get("options");
        ImageFolder images = new ImageFolder(FOLDER).shuffle(false);
        options.fields().forEachRemaining(option -> set(images, option.getKey(), option.getValue()));
        Dataset part = switch (options.path("subset").asText()) {
            case "training" -> images.training();
            case "validation" -> images.validation();
            default -> images.dataset();
        };

        List<Batch> batches = batches(part);

        assertThat(batches).hasSameSizeAs(golden.get("batches"));
        for (int i = 0; i < batches.size(); i++) {
            List<Tensor> tensors = batches.get(i).tensors();
            assertThat(tensors).hasSameSizeAs(golden.get("batches").get(i));
            for (int j = 0; j < tensors.size(); j++) {
                assertThat(Ops.cast(tensors.get(j), DType.FLOAT32).toFloatArray())
                        .containsExactly(floats(golden.get("batches").get(i).get(j)), CLOSE);
            }
        }
    }

    private static float[] floats(JsonNode numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers.get(i).asDouble();
        }
        return floats;
    }

    private static void set(ImageFolder images, String option, JsonNode value) {
        switch (option) {
            case "image_size" -> images.imageSize(value.get(0).asInt(), value.get(1).asInt());
            case "label_mode" -> images.labelMode(value.isNull() ? "none" : value.asText());
            case "batch_size" -> images.batchSize(value.asInt());
            case "color_mode" -> images.colorMode(value.asText());
            case "crop_to_aspect_ratio" -> images.cropToAspectRatio(value.asBoolean());
            case "interpolation" -> images.interpolation(value.asText());
            case "class_names" -> images.classNames(StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText)
                    .toArray(String[]::new));
            case "validation_split" -> images.validationSplit(value.asDouble());
            case "subset" -> { }
            default -> throw new AssertionError(option);
        }
    }

    @Test
    void targets_haveTheTypesAndShapesOfTheirMode() {
        assertThat(first(new ImageFolder(FOLDER)).y().get(0).type().toString()).isEqualTo("int32[5]");
        assertThat(first(new ImageFolder(FOLDER).labelMode("categorical")).y().get(0).type().toString()).isEqualTo("float32[5, 2]");
        assertThat(first(new ImageFolder(FOLDER).labelMode("binary")).y().get(0).type().toString()).isEqualTo("float32[5, 1]");
        assertThat(first(new ImageFolder(FOLDER)).x().get(0).shape()).isEqualTo(Shape.of(5, 256, 256, 3));
        assertThat(new ImageFolder(FOLDER).classNames()).containsExactly("cats", "dogs");
    }

    private static Batch first(ImageFolder images) {
        return batches(images.dataset()).get(0);
    }

    @Test
    void grayscale_ofColors_isTheirLuma() {
        Batch gray = first(new ImageFolder(FOLDER).shuffle(false).colorMode("grayscale").imageSize(5, 4));
        Batch rgb = first(new ImageFolder(FOLDER).shuffle(false).imageSize(5, 4));
        float[] colors = Ops.ravel(Ops.getItem(rgb.x().get(0), "1, 0, 1")).toFloatArray();
        int luma = (int) (0.299 * colors[0] + 0.587 * colors[1] + 0.114 * colors[2]);

        assertThat(gray.x().get(0).shape()).isEqualTo(Shape.of(5, 5, 4, 1));
        assertThat(Ops.getItem(gray.x().get(0), "1, 0, 1, 0").item()).isEqualTo(luma);
    }

    @Test
    void training_andValidation_shareNoImage() {
        ImageFolder images = new ImageFolder(FOLDER).imageSize(2, 2).validationSplit(0.4).batchSize(1);
        List<Float> seen = new ArrayList<>();
        for (Dataset part : List.of(images.training(), images.validation())) {
            batches(part).forEach(batch -> seen.add(batch.x().get(0).toFloatArray()[0]));
        }

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        assertThat(images.training().cardinality()).isEqualTo(3);
    }

    @Test
    void shuffle_sameSeed_givesTheSameOrders() {
        List<List<Integer>> orders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Dataset images = new ImageFolder(FOLDER).imageSize(1, 1).seed(4).dataset();
            for (int pass = 0; pass < 2; pass++) {
                orders.add(batches(images).stream().flatMap(batch -> Stream.of(batch.x().get(0).toFloatArray()))
                        .map(Arrays::hashCode).toList());
            }
        }

        assertThat(orders.get(0)).isEqualTo(orders.get(2)).isNotEqualTo(orders.get(1));
        assertThat(orders.get(1)).isEqualTo(orders.get(3));
    }

    @Test
    void file_thatIsNoImage_isNamed() throws IOException {
        Path broken = Files.createDirectories(directory.resolve("cats")).resolve("a.png");
        Files.write(broken, new byte[20]);
        Files.writeString(directory.resolve("cats/notes.txt"), "not an image");
        Dataset images = new ImageFolder(directory).dataset();

        assertThatThrownBy(() -> batches(images)).isInstanceOf(UncheckedIOException.class).hasMessage("ImageFolder: an image in"
                + " PNG, JPEG, BMP or GIF is required. Received: " + broken + " (of no known format). Move the file away, or"
                + " convert it.");
    }

    @Test
    void png_thatSaysItIsHuge_isNotRead() throws IOException {
        byte[] png = Files.readAllBytes(FOLDER.resolve("cats/a.png"));
        png[16] = 0x7f;
        png[20] = 0x7f;
        Files.write(Files.createDirectories(directory.resolve("cats")).resolve("a.png"), png);

        assertThatThrownBy(() -> first(new ImageFolder(directory))).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("a.png");
    }

    @Test
    void settings_thatDoNotFit_areRefused() throws IOException {
        ImageFolder images = new ImageFolder(FOLDER);
        assertThatThrownBy(() -> images.labelMode("ints")).hasMessage("ImageFolder: a labelMode int, categorical, binary or none"
                + " is required. Received: ints. Check the spelling.");
        assertThatThrownBy(() -> images.colorMode("hsv")).hasMessageContaining("Received: hsv");
        assertThatThrownBy(() -> images.classNames("birds")).hasMessageContaining("among [cats, dogs] is required. Received: [birds]");
        assertThatThrownBy(() -> images.validationSplit(1)).hasMessageContaining("Received: 1.0");
        assertThatThrownBy(() -> images.interpolation("area")).hasMessageContaining("Received: area");
        assertThatThrownBy(() -> images.imageSize(0, 4)).hasMessageContaining("Received: 0 x 4");
        assertThatThrownBy(images::training).hasMessageContaining("a validationSplit is required");
        assertThatThrownBy(() -> images.classNames("cats").labelMode("binary").dataset()).hasMessageContaining("Received: [cats]");
        assertThatThrownBy(() -> new ImageFolder(directory).dataset()).hasMessageContaining("at least one image is required");
        assertThatThrownBy(() -> new ImageFolder(directory.resolve("none"))).hasMessageContaining("a folder that can be read");
    }
}
