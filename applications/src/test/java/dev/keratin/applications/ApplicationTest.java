package dev.keratin.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.models.Functional;
import dev.keratin.models.Models;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {
    /** Of float32, at numbers up to 200. */
    private static final float ROUNDING = 2e-5f;

    /** Of each family whose layers are more than those of the module {@code layers}. */
    static Stream<Application<?>> withOwnLayers() {
        return Stream.of(Applications.convNeXtTiny(), Applications.inceptionResNetV2(), Applications.mobileNetV3Small());
    }

    private static MobileNetV2 tiny() {
        return Applications.mobileNetV2().alpha(0.05).inputShape(32, 32, 3).classes(3);
    }

    @ParameterizedTest
    @CsvSource({"CAFFE, 151.061, 10.721, -123.68", "TF, -1, 0, 1", "TORCH, -2.1179039, 0.19642857, 2.64"})
    void preprocessing_redGreenBlue_isThatOfKeras(Preprocessing mode, float first, float second, float third) {
        float[] pixel = mode.apply(Tensor.of(new float[] {0, 127.5f, 255}, 1, 1, 1, 3)).toFloatArray();

        assertThat(pixel).containsExactly(new float[] {first, second, third}, within(ROUNDING));
    }

    @Test
    void preprocessInput_bytes_givesFloats() {
        Tensor images = Tensor.of(new int[] {0, 255, 0}, 1, 1, 3);

        assertThat(Applications.xception().preprocessInput(images).toFloatArray()).containsExactly(-1, 1, -1);
    }

    @Test
    void preprocessInput_channelsFirst_isRefused() {
        assertThatThrownBy(() -> Applications.vgg16().preprocessInput(Tensor.of(new float[48], 3, 4, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3] are required").hasMessageContaining("float32[3, 4, 4]").hasMessageContaining("last");
    }

    @Test
    void build_withoutTop_takesImagesOfAnySize() {
        Functional features = Applications.mobileNetV2().alpha(0.05).includeTop(false).build();

        assertThat(features.inputs().get(0).shape()).isEqualTo(Shape.of(-1, -1, -1, 3));
        assertThat(features.predict(Tensor.of(new float[96 * 64 * 3], 1, 96, 64, 3)).shape()).isEqualTo(Shape.of(1, 3, 2, 1280));
    }

    @ParameterizedTest
    @ValueSource(strings = {"avg", "max"})
    void build_pooled_givesAVectorPerImage(String pooling) {
        Functional features = tiny().includeTop(false).pooling(pooling).build();

        assertThat(features.outputs().get(0).shape()).isEqualTo(Shape.of(-1, 1280));
    }

    @Test
    void build_imagesTooSmall_saysTheLeastSize() {
        assertThatThrownBy(() -> Applications.xception().inputShape(70, 71, 3).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("71 x 71").hasMessageContaining("[70, 71, 3]").hasMessageContaining("Resize");
    }

    @Test
    void build_nasNetForImagesOfAnySize_asksForASize() {
        assertThatThrownBy(() -> Applications.nasNetMobile().includeTop(false).inputShape(-1, 64, 3).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("known size").hasMessageContaining("[-1, 64, 3]").hasMessageContaining("Resize");
    }

    @Test
    void build_mobileNetV3WithTop_takesImagesOfAnySize() {
        Functional model = Applications.mobileNetV3Small().minimalistic(true).alpha(0.05).classes(3).build();

        assertThat(model.predict(Tensor.of(new float[96 * 64 * 3], 1, 96, 64, 3)).shape()).isEqualTo(Shape.of(1, 3));
    }

    @Test
    void preprocessInput_ofAModelThatRescales_leavesPixelsAsTheyAre() {
        Tensor images = Tensor.of(new int[] {0, 127, 255}, 1, 1, 3);

        assertThat(Applications.efficientNetB0().preprocessInput(images).toFloatArray()).containsExactly(0, 127, 255);
    }

    @Test
    void pooling_unknown_isRefused() {
        assertThatThrownBy(() -> tiny().pooling("mean")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"avg\"").hasMessageContaining("\"mean\"").hasMessageContaining("spelling");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.weights.h5", "tiny.h5"})
    void weights_ofAFile_giveTheSamePredictions(String name, @TempDir Path folder) {
        Functional model = tiny().build();
        Path file = folder.resolve(name);
        if (name.endsWith(".weights.h5")) {
            model.saveWeights(file);
        } else {
            model.save(file);
        }
        Tensor images = new Formula(1, 1).images(32, false);

        float[] again = tiny().weights(file).build().predict(images).toFloatArray();

        assertThat(again).isEqualTo(model.predict(images).toFloatArray());
    }

    @Test
    void save_wholeModel_isReadAgain(@TempDir Path folder) {
        Functional model = tiny().build();
        Path file = folder.resolve("tiny.keras");
        model.save(file);
        Tensor images = new Formula(1, 1).images(32, false);

        assertThat(Models.load(file).predict(images).toFloatArray()).isEqualTo(model.predict(images).toFloatArray());
    }

    @ParameterizedTest
    @MethodSource("withOwnLayers")
    void toJson_ofLayersThatOnlyApplicationsHave_isReadAgain(Application<?> application) {
        String json = Models.toJson(application.includeTop(false).build());

        assertThat(Models.toJson(Models.fromJson(json))).isEqualTo(json);
    }

    @Test
    void weights_ofAnotherArchitecture_areRefused(@TempDir Path folder) {
        Path file = folder.resolve("tiny.weights.h5");
        tiny().build().saveWeights(file);

        assertThatThrownBy(() -> tiny().classes(4).weights(file).build()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Received");
    }
}
