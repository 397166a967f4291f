package dev.keratin.models;

import static dev.keratin.models.Models.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.layers.Layers;
import dev.keratin.models.training.FitOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths of placeholders that are unknown, beside known ones and cut by slices; shapes as Keras 3.15.1 says. */
class UnknownLengthsTest {
    private static final Tensor FIVE_ROWS = Ops.ones(Shape.of(5, 3));

    private final Tensor x = Layers.input(3);
    private final Tensor steps = Layers.input(Shape.UNKNOWN, 3);

    @Test
    void unknownBatch_besideConstantOfKnownBatch_isKnown() {
        assertThat(Ops.add(x, FIVE_ROWS).shape()).isEqualTo(Shape.of(5, 3));
        assertThat(Ops.equal(FIVE_ROWS, x).shape()).isEqualTo(Shape.of(5, 3));
        assertThat(Ops.where(Ops.greater(x, 0), x, FIVE_ROWS).shape()).isEqualTo(Shape.of(5, 3));
        assertThat(Ops.einsum("bi,bi->b", x, FIVE_ROWS).shape()).isEqualTo(Shape.of(5));
    }

    @Test
    void unknownBatch_besideInputOfKnownBatch_isKnown() {
        Tensor five = Layers.batchInput(DType.FLOAT32, Shape.of(5, 3));

        assertThat(Layers.add().apply(x, five).shape()).isEqualTo(Shape.of(5, 3));
    }

    @Test
    void unknownSteps_besideConstant_leaveTheBatchUnknown() {
        assertThat(Ops.add(steps, Ops.ones(Shape.of(7, 3))).shape()).isEqualTo(Shape.of(Shape.UNKNOWN, 7, 3));
        assertThat(Ops.multiply(steps, Ops.ones(Shape.of(2, 7, 3))).shape()).isEqualTo(Shape.of(2, 7, 3));
    }

    @Test
    void unknownBatch_besideConstantOfOneRow_staysUnknown() {
        assertThat(Ops.add(x, Ops.ones(Shape.of(1, 3))).shape()).isEqualTo(Shape.of(Shape.UNKNOWN, 3));
    }

    @Test
    void unknownBatch_besideConstantThatFitsNoBatch_isRefused() {
        assertThatThrownBy(() -> Ops.add(x, Ops.ones(Shape.of(5, 4)))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(3 vs 4)");
    }

    @Test
    void model_withConstantOfKnownBatch_predictsThatBatchOnly() {
        Model model = model(x, Ops.add(x, FIVE_ROWS));

        assertThat(model.predict(FIVE_ROWS).toFloatArray()).containsOnly(2).hasSize(15);
        assertThatThrownBy(() -> model.predict(Ops.ones(Shape.of(4, 3)))).hasMessageContaining("[4, 3] and [5, 3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5:9", ":2", "-2:", "1:", "::2", "2:-1"})
    void slice_alongUnknownBatch_isOfUnknownLength(String slice) {
        assertThat(Ops.getItem(x, slice).shape()).isEqualTo(Shape.of(Shape.UNKNOWN, 3));
        assertThat(Layers.lambda("cut", all -> Ops.getItem(all, slice)).apply(x).shape())
                .isEqualTo(Shape.of(Shape.UNKNOWN, 3));
        assertThat(Ops.getItem(steps, ":, " + slice).shape()).isEqualTo(Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, 3));
    }

    @Test
    void slice_ofKnownSizeOrPlace_isOfKnownLength() {
        assertThat(Ops.slice(x, new long[] {5, 0}, new long[] {4, 3}).shape()).isEqualTo(Shape.of(4, 3));
        assertThat(Ops.getItem(x, "2").shape()).isEqualTo(Shape.of(3));
        assertThat(Ops.getItem(x, ":, 1:9").shape()).isEqualTo(Shape.of(Shape.UNKNOWN, 2));
    }

    @Test
    void model_thatSlicesItsBatch_givesWhatThereIs() {
        Model model = model(x, Ops.getItem(x, "5:9"));

        assertThat(model.call(Ops.ones(Shape.of(7, 3)), false).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(model.predict(Ops.ones(Shape.of(12, 3)), FitOption.batchSize(12)).shape()).isEqualTo(Shape.of(4, 3));
    }
}
