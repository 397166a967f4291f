package dev.keratin.layers;

import static dev.keratin.layers.Layers.randomBrightness;
import static dev.keratin.layers.Layers.randomContrast;
import static dev.keratin.layers.Layers.randomTranslation;
import static dev.keratin.layers.Layers.randomZoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of Keras 3.15.1 for limits that leave no choice, and where choices lie. */
class AugmentationTest {
    /** Numbers up to 255 as products of a few float32. */
    private static final Offset<Float> CLOSE = within(1e-4f);
    private static final Factor HALF = Factor.between(0.5, 0.5);
    private static final Factor MINUS_HALF = Factor.between(-0.5, -0.5);
    private static final Factor MINUS_QUARTER = Factor.between(-0.25, -0.25);
    private static final int MANY = 400;

    /** The squares of 0 to 11 as [1, 3, 4, 1]. */
    private final Tensor image = Ops.reshape(Ops.square(Ops.arange(0.0, 12.0)), 1, 3, 4, 1);

    private void check(Layer layer, double... expected) {
        float[] floats = new float[expected.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) expected[i];
        }
        assertThat(Ops.ravel(layer.call(image, true)).toFloatArray()).containsExactly(floats, CLOSE);
        assertThat(layer.call(image, false).toFloatArray()).isEqualTo(image.toFloatArray());
    }

    @Test
    void contract_eachLayer_isKept() {
        LayerContract.of(() -> randomTranslation(0.1, 0.2).seed(1)).input(4, 5, 2).dropsMask().check();
        LayerContract.of(() -> randomTranslation(HALF, MINUS_HALF).fillMode("wrap").fillValue(2)).input(4, 5, 2).dropsMask()
                .check();
        LayerContract.of(() -> randomZoom(0.3)).input(4, 5, 2).dropsMask().check();
        LayerContract.of(() -> randomZoom(HALF, Factor.upTo(0.1)).interpolation("nearest")).input(4, 5, 2).dropsMask().check();
        LayerContract.of(() -> randomBrightness(-0.1, 0.3).valueRange(0, 1)).input(4, 5, 2).dropsMask().check();
        LayerContract.of(() -> randomContrast(0.2)).input(4, 5, 2).dropsMask().check();
    }

    @Test
    void translation_fixed_shiftsDownAndLeft() {
        check(randomTranslation(HALF, MINUS_QUARTER).fillMode("constant").fillValue(7),
                7, 7, 7, 7, 4, 5.5, 8, 7, 13, 20, 29, 7);
        check(randomTranslation(HALF, MINUS_QUARTER), 13, 20, 29, 29, 1, 4, 9, 9, 13, 20, 29, 29);
    }

    @Test
    void zoom_fixed_scalesRoundTheMiddle() {
        check(randomZoom(HALF).fillMode("constant"),
                0, 0.375, 2.625, 1.125, 4, 22.75, 39.25, 12.25, 8, 38.375, 52.625, 15.125);
        check(randomZoom(MINUS_HALF), 11.75, 14.75, 18.25, 22.25, 22.75, 27.75, 33.25, 39.25, 49.75, 56.75, 64.25, 72.25);
        check(randomZoom(MINUS_HALF, HALF).interpolation("nearest").fillMode("nearest"),
                16, 25, 36, 49, 16, 25, 36, 49, 64, 81, 100, 121);
    }

    @Test
    void brightness_fixed_addsAPartOfTheRangeAndCuts() {
        check(randomBrightness(0.3, 0.3), 76.5, 77.5, 80.5, 85.5, 92.5, 101.5, 112.5, 125.5, 140.5, 157.5, 176.5, 197.5);
        check(randomBrightness(-0.1, -0.1).valueRange(0, 100), 0, 0, 0, 0, 6, 15, 26, 39, 54, 71, 90, 100);
    }

    @Test
    void contrast_none_changesNothing() {
        check(randomContrast(0), Ops.cast(image, dev.keratin.backend.DType.FLOAT64).toDoubleArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"channels_last", "channels_first"})
    void contrast_random_isOneFactorForEachImageRoundTheMeanOfEachChannel(String format) {
        Tensor pixels = Ops.tile(Ops.reshape(Tensor.of(new float[] {100, 102, 104, 106}, 4), 1, 2, 2, 1), MANY, 1, 1, 1);
        Tensor images = Ops.concatenate(java.util.List.of(pixels, Ops.add(pixels, 50)), 3);
        boolean first = format.equals("channels_first");
        Tensor given = first ? Ops.transpose(images, 0, 3, 1, 2) : images;

        Tensor made = randomContrast(0.5, 1).dataFormat(format).seed(3).call(given, true);

        float[] y = (first ? Ops.transpose(made, 0, 2, 3, 1) : made).toFloatArray();
        double sum = 0;
        for (int i = 0; i < y.length; i += 8) {
            float factor = (103 - y[i]) / 3;
            assertThat(factor).isBetween(0.5f - CLOSE.value, 2 + CLOSE.value);
            for (int j = 0; j < 8; j++) {
                float mean = 103 + j % 2 * 50;
                assertThat(y[i + j]).isCloseTo(mean + factor * (2 * (j / 2) - 3), CLOSE);
            }
            sum += factor;
        }
        assertThat(sum / MANY).as("mean of factors from 0.5 to 2").isCloseTo(1.25, within(0.09));
    }

    @Test
    void factors_random_differForEachImage() {
        Tensor brighter = randomBrightness(0.2).seed(5).call(Ops.tile(Ops.add(image, 60), MANY, 1, 1, 1), true);
        float[] first = Ops.ravel(Ops.getItem(brighter, ":, 0, 0, 0")).toFloatArray();
        double sum = 0;
        for (float value : first) {
            assertThat(value).isBetween(60 - 51f, 60 + 51f);
            sum += value;
        }
        assertThat(sum / MANY).as("mean of 60 - 51 to 60 + 51").isCloseTo(60, within(6.0));
        assertThat(first).doesNotHaveDuplicates();
    }

    @Test
    void factors_beyondTheirLimits_areRefused() {
        assertThatThrownBy(() -> randomTranslation(0.1, 1.5)).hasMessage("RandomTranslation: a factor, or limits of one, from"
                + " -1.0 to 1.0 are required. Received: 1.5. They are parts: divide percents by 100.");
        assertThatThrownBy(() -> randomZoom(Factor.between(2, 0))).hasMessageContaining("Received: 0.0 and 2.0.");
        assertThatThrownBy(() -> randomBrightness(20)).hasMessageContaining("RandomBrightness: a factor");
        assertThatThrownBy(() -> randomContrast(0.5, 0.2)).hasMessage("RandomContrast: 0 <= lower <= upper <= 1 is required."
                + " Received: 0.5 and 0.2. They are parts: divide percents by 100.");
    }
}
