package dev.keratin.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Tensor;
import dev.keratin.applications.ImageNetClasses.Prediction;
import dev.keratin.layers.Rescaling;
import dev.keratin.models.Functional;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNetTest {
    @TempDir
    private Path folder;

    private static MobileNet small() {
        return Applications.mobileNet().alpha(0.25).inputShape(128, 128, 3);
    }

    static Stream<Method> factories() {
        return ApplicationsGoldenTest.factories();
    }

    @Test
    void weights_imagenet_areThoseOfThePublishedFile() {
        Functional trained = small().build();
        Path file = folder.resolve("trained.h5");
        trained.save(file);
        List<PublishedFile> asked = new ArrayList<>();

        Functional model = small().weights("imagenet").download(published -> {
            asked.add(published);
            return file;
        }).build();

        assertThat(asked).extracting(PublishedFile::name).containsExactly("mobilenet_2_5_128_tf.h5");
        Tensor images = new Formula(1, 1).images(128, false);
        assertThat(model.predict(images).toFloatArray()).isEqualTo(trained.predict(images).toFloatArray());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void weights_imagenet_arePublishedForEveryArchitecture(Method factory) {
        for (boolean top : new boolean[] {true, false}) {
            Application<?> application = ApplicationsGoldenTest.application(factory).includeTop(top).weights("imagenet")
                    .download(published -> {
                        throw new IllegalStateException(published.address() + " " + published.hash());
                    });

            assertThatThrownBy(application::build).isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("https://storage\\.googleapis\\.com/.*\\.h5 "
                            + (factory.getName().matches("mobileNet(V2)?") ? "null" : "([0-9a-f]{32}|[0-9a-f]{64})"));
        }
    }

    @Test
    void weights_imagenetForImagesOfAnotherSize_areThoseForTheStandardSize() {
        Application<?> application = small().inputShape(100, 128, 3).weights("imagenet").download(published -> {
            throw new IllegalStateException(published.name());
        });

        assertThatThrownBy(application::build).hasMessage("mobilenet_2_5_224_tf.h5");
    }

    @Test
    void weights_ofAnotherName_areAFileThatIsNotThere() {
        assertThatThrownBy(() -> small().weights("imagenett").build()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"imagenet\" for those that Keras publishes").hasMessageContaining("Received: \"imagenett\"");
    }

    @Test
    void weights_imagenetForOtherClasses_areRefused() {
        assertThatThrownBy(() -> small().classes(10).weights("imagenet").build()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000 classes").hasMessageContaining("classes=10").hasMessageContaining("Leave the top out");
    }

    @Test
    void weights_imagenetForAWidthWithoutAny_areRefused() {
        assertThatThrownBy(() -> Applications.mobileNetV3Small().alpha(0.5).weights("imagenet").build())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Keras publishes")
                .hasMessageContaining("MobileNetV3Small_0.50").hasMessageContaining("MobileNetV3Small_minimalistic_1.00 with top");
    }

    @Test
    void efficientNet_withPublishedWeights_rescalesOnceMore() {
        Path file = folder.resolve("b0.weights.h5");
        Applications.efficientNetB0().includeTop(false).build().saveWeights(file);

        Functional model = Applications.efficientNetB0().includeTop(false).weights("imagenet").download(published -> file).build();

        assertThat(model.layers().stream().filter(Rescaling.class::isInstance)).hasSize(2);
    }

    private Path index(String content) throws IOException {
        return Files.writeString(folder.resolve("index.json"), content);
    }

    @Test
    void decode_predictions_givesTheLikeliestClasses() throws IOException {
        ImageNetClasses classes = ImageNetClasses.of(index("{\"0\": [\"n1\", \"cat\"], \"2\": [\"n3\", \"dog\"], \"1\": [\"n2\", \"owl\"]}"));

        assertThat(classes.decode(Tensor.of(new float[] {0.25f, 0.5f, 0.25f, 0, 0.25f, 0.75f}, 2, 3), 2)).containsExactly(
                List.of(new Prediction("n2", "owl", 0.5f), new Prediction("n1", "cat", 0.25f)),
                List.of(new Prediction("n3", "dog", 0.75f), new Prediction("n2", "owl", 0.25f)));
    }

    @Test
    void decode_predictionsOfOtherClasses_isRefused() throws IOException {
        ImageNetClasses classes = ImageNetClasses.of(index("{\"0\": [\"n1\", \"cat\"]}"));

        assertThatThrownBy(() -> classes.decode(Tensor.of(new float[] {1, 2}, 1, 2), 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[samples, 1] are required").hasMessageContaining("float32[1, 2]").hasMessageContaining("top");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "no", "{\"1\": [\"n1\", \"cat\"]}", "{\"0\": [\"n1\"]}", "{\"0\": [1, 2]}"})
    void of_anotherFile_isRefused(String content) throws IOException {
        Path file = index(content);

        assertThatThrownBy(() -> ImageNetClasses.of(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tench").hasMessageContaining("index.json").hasMessageContaining("imagenet_class_index.json");
    }
}
