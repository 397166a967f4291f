package dev.keratin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.autodiff.GradientTape;
import dev.keratin.backend.DType;
import dev.keratin.ops.Images;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values and element types at the edges, as Keras 3.15.1 gives them on TensorFlow and on PyTorch. */
class OpsAgreementTest {
    private static final float NAN = Float.NaN;
    /** A few units in the last place of float64. */
    private static final Offset<Double> ROUNDED = Offset.offset(1e-15);
    private static final Tensor BYTES = Ops.cast(Tensor.of(new int[] {0, 2, 200}), DType.UINT8);
    private static final Tensor SMALL = Ops.cast(Tensor.of(new int[] {100, 2, -3}), DType.INT8);

    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    @Test
    void arithmetic_numberBeyondTheType_doesNotWrap() {
        assertThat(Ops.add(BYTES, -3).toIntArray()).containsExactly(-3, -1, 197);
        assertThat(Ops.divide(BYTES, -2).toFloatArray()).containsExactly(-0f, -1, -100);
        assertThat(Ops.greater(BYTES, -1).toBooleanArray()).containsExactly(true, true, true);
        assertThat(Ops.less(Tensor.of(new int[] {5}), 3e9).toBooleanArray()).containsExactly(true);
        assertThat(Ops.add(BYTES, 3).dtype()).isEqualTo(DType.UINT8);
    }

    @Test
    void clip_boundBeyondTheType_keepsTheType() {
        Tensor clipped = Ops.clip(BYTES, -1, 300);
        assertThat(clipped.dtype()).isEqualTo(DType.UINT8);
        assertThat(clipped.toIntArray()).containsExactly(0, 2, 200);
    }

    @Test
    void saturateCast_floatingOrBoolTarget_staysInRange() {
        Tensor x = Tensor.of(new int[] {100_000, -100_000, 7});
        assertThat(Ops.saturateCast(x, DType.FLOAT16).toFloatArray()).containsExactly(65504, -65504, 7);
        assertThat(Ops.saturateCast(Tensor.of(new float[] {1e30f}), DType.FLOAT16).item()).isEqualTo(65504);
        assertThat(Ops.saturateCast(Ops.cast(x, DType.BFLOAT16), DType.FLOAT16).toFloatArray()).containsExactly(65504, -65504, 7);
        assertThat(Ops.saturateCast(x, DType.BOOL).toBooleanArray()).containsExactly(true, false, true);
    }

    @Test
    void logaddexp2_float64AndHalfBesideIntegers_keepDigitsAndType() {
        Tensor x = Tensor.of(new double[] {0.1, 1000}, 2);
        assertThat(Ops.logaddexp2(x, Tensor.of(new int[] {1, 1000})).toDoubleArray())
                .containsExactly(new double[] {Math.log(Math.pow(2, 0.1) + 2) / Math.log(2), 1001}, ROUNDED);
        assertThat(Ops.logaddexp2(Ops.cast(Ops.ones(2), DType.FLOAT16), Tensor.of(new int[] {1, 2})).dtype()).isEqualTo(DType.FLOAT16);
    }

    @Test
    void products_ofBytes_areBytes() {
        assertThat(Ops.dot(SMALL, SMALL).dtype()).isEqualTo(DType.INT8);
        assertThat(Ops.inner(SMALL, SMALL).item()).isEqualTo((byte) (10_000 + 4 + 9));
        assertThat(Ops.vdot(SMALL, BYTES).dtype()).isEqualTo(DType.INT32);
    }

    @Test
    void diag_ofBooleans_isBoolean() {
        Tensor x = Tensor.of(new boolean[] {true, false}, 2);
        assertThat(Ops.diag(x).toBooleanArray()).containsExactly(true, false, false, false);
    }

    @Test
    void average_halvesAndInteger_isHalf() {
        Tensor x = Ops.cast(Tensor.of(new float[] {1, 3}), DType.FLOAT16);
        assertThat(Ops.average(x, 0, Tensor.of(new int[] {1, 3})).dtype()).isEqualTo(DType.FLOAT16);
        assertThat(Ops.correlate(x, Tensor.of(new int[] {1, 3}), "full").dtype()).isEqualTo(DType.FLOAT16);
    }

    @Test
    void digitize_nan_comesLast() {
        Tensor x = Tensor.of(new float[] {NAN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0});
        assertThat(Ops.digitize(x, Tensor.of(new float[] {0, 1})).toIntArray()).containsExactly(2, 2, 0, 1);
    }

    @Test
    void nanvar_infinity_isNaN() {
        assertThat(Ops.nanvar(Tensor.of(new float[] {1, Float.NEGATIVE_INFINITY})).item()).isNaN();
        assertThat(Ops.nanvar(Tensor.of(new float[] {1, NAN, 3})).item()).isEqualTo(1);
    }

    @Test
    void nanvar_gradientBesideNaN_isFinite() {
        Tensor x = Tensor.of(new float[] {1, NAN, 3});
        try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            assertThat(tape.gradient(Ops.nanvar(x), x).toFloatArray()).containsExactly(-1, 0, 1);
        }
    }

    @Test
    void integers_throughFunctionsOfThem_stayIntegers() {
        assertThat(Ops.relu6(BYTES).dtype()).isEqualTo(DType.UINT8);
        assertThat(Ops.threshold(SMALL, 1, 2).dtype()).isEqualTo(DType.INT8);
        assertThat(Ops.round(SMALL, 1).toIntArray()).containsExactly(100, 2, -3);
        assertThat(Ops.round(SMALL, 1).dtype()).isEqualTo(DType.INT8);
        assertThat(Ops.maxPool(Tensor.of(new int[] {1, 1 << 30, (1 << 30) + 1}, 1, 3, 1), 2).toIntArray()).containsExactly(1 << 30);
        assertThat(Ops.adaptiveMaxPool(Tensor.of(new int[] {1, 5, 3}, 1, 3, 1), 1).dtype()).isEqualTo(DType.INT32);
        assertThat(Images.extractPatches(Tensor.of(new int[] {1, 2, 3, 4}, 1, 2, 2, 1), 2).dtype()).isEqualTo(DType.INT32);
    }

    @Test
    void resize_bytesAndHalves_keepTheirType() {
        Tensor image = Ops.reshape(Ops.cast(Tensor.of(new int[] {0, 255}), DType.UINT8), 1, 2, 1);
        assertThat(Images.resize(image, 1, 4).toIntArray()).containsExactly(0, 64, 191, 255);
        assertThat(Images.resize(image, 1, 4).dtype()).isEqualTo(DType.UINT8);
        assertThat(Images.resize(Ops.cast(image, DType.FLOAT16), 1, 4).dtype()).isEqualTo(DType.FLOAT16);
    }

    @Test
    void quantile_nothingOrPartsOfAnyRank_haveTheirShape() {
        assertThat(Ops.nanquantile(Ops.zeros(3, 0), Tensor.of(0.5f), 1).toFloatArray()).containsExactly(NAN, NAN, NAN);
        Tensor parts = Tensor.of(new float[][] {{0, 0.5f}, {0.25f, 1}});
        assertThat(Ops.quantile(Tensor.of(new float[] {1, 2, 3, 4, 5}), parts).toFloatArray()).containsExactly(1, 3, 2, 5);
    }
}
