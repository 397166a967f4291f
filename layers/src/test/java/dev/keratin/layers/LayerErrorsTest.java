package dev.keratin.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Messages say what is required, what was received and a way out. */
class LayerErrorsTest {
    private final Tensor image = Ops.zeros(2, 8, 8, 3);

    private static DynamicTest refused(String name, ThrowingCallable call, String... parts) {
        return DynamicTest.dynamicTest(name, () ->
                assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts));
    }

    @TestFactory
    Stream<DynamicTest> inputs_thatDoNotFit_areRefused() {
        return Stream.of(
                refused("rank", () -> Layers.conv2d(4, 3).name("c").call(Ops.zeros(2, 8, 8), false),
                        "Conv2D \"c\"", "rank 4", "[batch, height, width, channels]", "float32[2, 8, 8]", "expandDims"),
                refused("kernel larger than input", () -> Layers.conv2d(4, 9).name("c").call(image, false),
                        "Conv2D \"c\"", "9 along axis 1", "float32[2, 8, 8, 3]", "padding(\"same\")"),
                refused("dilated kernel larger than input",
                        () -> Layers.conv1d(4, 3).dilationRate(4).call(Ops.zeros(2, 8, 3), false), "9 along axis 1"),
                refused("window larger than input", () -> Layers.maxPooling2d(9).name("p").call(image, false),
                        "MaxPooling2D \"p\"", "9 along axis 1", "float32[2, 8, 8, 3]", "padding(\"same\")"),
                refused("symbolic input", () -> Layers.conv2d(4, 9).apply(Layers.input(8, 8, 3)), "float32[null, 8, 8, 3]"),
                refused("groups", () -> Layers.conv2d(4, 3).groups(2).call(image, false), "channels=3", "groups=2"),
                refused("steps of a dilated kernel", () -> Layers.conv2d(4, 3).strides(2).dilationRate(1, 2).call(image, false),
                        "strides or a dilationRate of 1 is required", "strides=[2, 2]", "dilationRate=[1, 2]", "Leave one"),
                refused("steps of a dilated kernel backwards",
                        () -> Layers.conv1dTranspose(4, 3).strides(2).dilationRate(3).call(Ops.zeros(2, 7, 1), false),
                        "Conv1DTranspose", "strides=[2]", "dilationRate=[3]"),
                refused("group normalization", () -> Layers.groupNormalization(2).call(image, false), "3 channels", "groups=2", "-1"),
                refused("reshape", () -> Layers.reshape(5).name("r").call(Ops.zeros(2, 3, 4), false),
                        "Reshape \"r\"", "[5]", "float32[2, 3, 4]", "12", "-1"),
                refused("permute", () -> Layers.permute(2, 1).call(image, false), "Permute", "rank 3", "float32[2, 8, 8, 3]"),
                refused("crop", () -> Layers.cropping1d(4).call(Ops.zeros(2, 7, 1), false), "Cropping1D", "[[4, 4]]", "Crop less"),
                refused("repeat", () -> Layers.repeatVector(2).call(Ops.zeros(2, 7, 1), false), "RepeatVector", "rank 2"),
                refused("two inputs", () -> Layers.flatten().apply(image, image), "Flatten", "one input", "concatenate()"),
                refused("output padding", () -> Layers.conv2dTranspose(4, 3).outputPadding(1).call(image, false),
                        "Conv2DTranspose", "below the strides", "[1, 1]"));
    }

    @Test
    void channels_otherThanBuiltFor_areRefusedAndTheLayerStaysUsable() {
        Conv2D layer = Layers.conv2d(4, 3).name("c");
        layer.call(image, false);
        assertThatThrownBy(() -> layer.call(Ops.zeros(2, 8, 8, 4), false))
                .hasMessage("Conv2D \"c\": built for inputs with last axis 3. Received: float32[2, 8, 8, 4].");
        assertThat(layer.call(image, false).shape().dims()).containsExactly(2, 6, 6, 4);
    }

    @Test
    void refusal_beforeTheFirstCall_leavesTheLayerUnbuilt() {
        Conv2D layer = Layers.conv2d(4, 3);
        assertThatThrownBy(() -> layer.call(Ops.zeros(2, 8), false)).hasMessageContaining("rank 4");
        assertThat(layer.isBuilt()).isFalse();
        assertThat(layer.weights()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> settings_thatMakeNoSense_areRefused() {
        return Stream.of(
                refused("filters", () -> Layers.conv2d(0, 3), "Conv2D", "filters", "at least 1", "0"),
                refused("kernel sizes", () -> Layers.conv2d(4, 1, 2, 3), "Conv2D: kernelSize", "one number or 2", "[1, 2, 3]"),
                refused("strides", () -> Layers.conv2d(4, 3).strides(0), "Conv2D: strides", "[0]"),
                refused("padding", () -> Layers.conv2d(4, 3).padding("causal"), "Conv2D", "[valid, same]", "causal"),
                refused("pool padding", () -> Layers.maxPooling1d(2).padding("full"), "MaxPooling1D", "full"),
                refused("format", () -> Layers.conv2d(4, 3).dataFormat("nchw"), "channels_first", "nchw"),
                refused("activation", () -> Layers.activation("rleu"), "activation", "rleu", "relu"),
                refused("interpolation", () -> Layers.upSampling2d(2).interpolation("cubic"), "bicubic", "cubic"),
                refused("permutation", () -> Layers.permute(0, 1), "Permute", "[0, 1]", "batch"),
                refused("groups", () -> Layers.groupNormalization(0), "GroupNormalization", "-1"),
                refused("slope", () -> Layers.leakyReLU(-1), "LeakyReLU", "-1.0"));
    }
}
