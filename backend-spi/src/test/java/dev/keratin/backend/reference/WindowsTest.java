package dev.keratin.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Convolution and pooling: values by hand, and gradients by what defines them. */
final class WindowsTest {
    /** Sums of a few hundred float64 products of numbers below 1. */
    private static final double EXACT = 1e-12;

    private static Tensor row(double... values) {
        return Eval.floats(TensorType.of(DType.FLOAT64, 1, values.length, 1), values);
    }

    private static Tensor kernel(double... values) {
        return Eval.floats(TensorType.of(DType.FLOAT64, values.length, 1, 1), values);
    }

    @Test
    void conv_ofARow_isCrossCorrelation() {
        ConvSpec plain = new ConvSpec(List.of(1), List.of(0), List.of(0), List.of(1), 1);
        assertThat(Eval.doubles(new Conv(plain), row(1, 2, 3, 4), kernel(1, 10))).containsExactly(21, 32, 43);
        ConvSpec causal = new ConvSpec(List.of(2), List.of(2), List.of(1), List.of(2), 1);
        assertThat(Eval.doubles(new Conv(causal), row(1, 2, 3, 4), kernel(1, 10))).containsExactly(10, 31, 3);
    }

    @Test
    void conv_inGroups_keepsThemApart() {
        ConvSpec spec = new ConvSpec(List.of(1), List.of(0), List.of(0), List.of(1), 2);
        Tensor x = Eval.floats(TensorType.of(DType.FLOAT64, 1, 1, 4), 1, 2, 3, 4);
        Tensor weights = Eval.floats(TensorType.of(DType.FLOAT64, 1, 2, 2), 1, 10, 100, 1000);
        assertThat(Eval.doubles(new Conv(spec), x, weights)).containsExactly(201, 4030);
    }

    @Test
    void convGradients_anyGeometry_areTheAdjoints() {
        requireAdjoint(new ConvSpec(List.of(2, 1), List.of(1, 0), List.of(2, 1), List.of(1, 2), 2),
                Eval.pattern(1, 2, 7, 6, 4), Eval.pattern(2, 3, 2, 2, 6));
        requireAdjoint(new ConvSpec(List.of(3, 1, 2), List.of(0, 1, 0), List.of(0, 0, 1), List.of(1, 1, 1), 1),
                Eval.pattern(3, 1, 6, 4, 5, 2), Eval.pattern(4, 2, 2, 3, 2, 3));
    }

    private static void requireAdjoint(ConvSpec spec, Tensor x, Tensor weights) {
        Tensor y = Eval.one(new Conv(spec), x, weights);
        Tensor dy = Eval.pattern(9, y.shape().dims());
        double expected = Eval.dot(y, dy);
        assertThat(Eval.dot(x, Eval.one(new ConvInputGrad(spec, x.shape()), dy, weights))).isCloseTo(expected, within(EXACT));
        assertThat(Eval.dot(weights, Eval.one(new ConvKernelGrad(spec, weights.shape()), x, dy))).isCloseTo(expected, within(EXACT));
    }

    @Test
    void pool_withPadding_doesNotCountIt() {
        PoolSpec spec = new PoolSpec(List.of(2), List.of(2), List.of(1), List.of(0));
        assertThat(Eval.doubles(new Pool(PoolKind.MAX, spec), row(-5, -2, -7))).containsExactly(-5, -2);
        assertThat(Eval.doubles(new Pool(PoolKind.AVERAGE, spec), row(-5, -2, -7))).containsExactly(-5, -4.5);
    }

    @Test
    void poolGrad_ofMax_goesToTheFirstLargest() {
        PoolSpec spec = new PoolSpec(List.of(2), List.of(1), List.of(0), List.of(0));
        assertThat(Eval.doubles(new PoolGrad(PoolKind.MAX, spec), row(1, 3, 3, 2), row(1, 10, 100))).containsExactly(0, 11, 100, 0);
    }

    @Test
    void poolGrad_ofAverage_isTheAdjoint() {
        PoolSpec spec = new PoolSpec(List.of(3, 2), List.of(2, 1), List.of(1, 0), List.of(2, 1));
        Tensor x = Eval.pattern(5, 2, 7, 6, 3);
        Tensor y = Eval.one(new Pool(PoolKind.AVERAGE, spec), x);
        Tensor dy = Eval.pattern(6, y.shape().dims());
        assertThat(Eval.dot(x, Eval.one(new PoolGrad(PoolKind.AVERAGE, spec), x, dy))).isCloseTo(Eval.dot(y, dy), within(EXACT));
    }
}
