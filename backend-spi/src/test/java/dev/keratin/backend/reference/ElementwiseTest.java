package dev.keratin.backend.reference;

import static dev.keratin.backend.reference.Eval.doubles;
import static dev.keratin.backend.reference.Eval.longs;
import static dev.keratin.backend.reference.Eval.vector;
import static dev.keratin.backend.reference.Eval.whole;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Bitcast;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import org.junit.jupiter.api.Test;

/** Values worked out by hand from the Javadoc of the kinds. */
final class ElementwiseTest {
    private static double[] unary(UnaryKind kind, double... x) {
        return doubles(new Unary(kind), vector(x));
    }

    private static double[] binary(BinaryKind kind, double[] a, double[] b) {
        return doubles(new Binary(kind), vector(a), vector(b));
    }

    private static long[] binary(BinaryKind kind, DType type, long[] a, long[] b) {
        return longs(new Binary(kind), whole(type, a), whole(type, b));
    }

    @Test
    void rounding_ofHalves_isToEvenAndKeepsNaN() {
        assertThat(unary(UnaryKind.ROUND, 0.5, 1.5, -2.5, NaN)).containsExactly(0, 2, -2, NaN);
        assertThat(unary(UnaryKind.TRUNC, 1.7, -1.7, NEGATIVE_INFINITY)).containsExactly(1, -1, NEGATIVE_INFINITY);
        assertThat(unary(UnaryKind.FLOOR, 1.7, -1.2)).containsExactly(1, -2);
        assertThat(unary(UnaryKind.CEIL, 1.2, -1.7)).containsExactly(2, -1);
    }

    @Test
    void unary_ofNaN_isNaN() {
        for (UnaryKind kind : UnaryKind.values()) {
            if (kind != UnaryKind.NOT && !kind.isPredicate()) {
                assertThat(unary(kind, NaN)).as("%s", kind).containsExactly(NaN);
            }
        }
    }

    @Test
    void logarithms_atTheEndOfTheirDomain_followTheJavadoc() {
        assertThat(unary(UnaryKind.LOG, 0, -1)).containsExactly(NEGATIVE_INFINITY, NaN);
        assertThat(unary(UnaryKind.LOG2, 0, -1, 8)).containsExactly(NEGATIVE_INFINITY, NaN, 3);
        assertThat(unary(UnaryKind.SQRT, -1, 4)).containsExactly(NaN, 2);
        assertThat(unary(UnaryKind.SOFTPLUS, -1000, 0, 1000)).containsExactly(0, Math.log(2), 1000);
    }

    @Test
    void unary_ofIntegers_wrapsAround() {
        assertThat(longs(new Unary(UnaryKind.NEG), whole(DType.UINT8, 1, 0))).containsExactly(255, 0);
        assertThat(longs(new Unary(UnaryKind.ABS), whole(DType.INT8, -128, -5))).containsExactly(-128, 5);
        assertThat(longs(new Unary(UnaryKind.NOT), whole(DType.INT32, 0, -1))).containsExactly(-1, 0);
        assertThat(longs(new Unary(UnaryKind.NOT), whole(DType.BOOL, 0, 1))).containsExactly(1, 0);
        assertThat(longs(new Unary(UnaryKind.SQUARE), whole(DType.INT32, 65536))).containsExactly(0);
    }

    @Test
    void arithmetic_ofFloat32_isRoundedToFloat() {
        TensorType one = TensorType.of(DType.FLOAT32, 1);
        assertThat(doubles(new Binary(BinaryKind.ADD), Eval.floats(one, 16777216), Eval.floats(one, 1))).containsExactly(16777216);
        assertThat(doubles(new Binary(BinaryKind.DIV), Eval.floats(one, 1), Eval.floats(one, 3))).containsExactly(1 / 3f);
    }

    @Test
    void divisions_ofFloats_followTheSignsOfTheJavadoc() {
        double[] a = {7, -7, 7, -7, 1};
        double[] b = {3, 3, -3, -3, 0.1};
        assertThat(binary(BinaryKind.FLOOR_DIV, a, b)).containsExactly(2, -3, -3, 2, 9);
        assertThat(binary(BinaryKind.MOD, a, b)).containsExactly(1, 2, -2, -1, 1 % 0.1);
        assertThat(binary(BinaryKind.REMAINDER, a, b)).containsExactly(1, -1, 1, -1, 1 % 0.1);
    }

    @Test
    void divisions_ofIntegers_areZeroWhereTheDivisorIs() {
        long[] a = {7, -7, 7, -7, 5, Integer.MIN_VALUE};
        long[] b = {3, 3, -3, -3, 0, -1};
        assertThat(binary(BinaryKind.FLOOR_DIV, DType.INT32, a, b)).containsExactly(2, -3, -3, 2, 0, Integer.MIN_VALUE);
        assertThat(binary(BinaryKind.MOD, DType.INT32, a, b)).containsExactly(1, 2, -2, -1, 0, 0);
        assertThat(binary(BinaryKind.REMAINDER, DType.INT32, a, b)).containsExactly(1, -1, 1, -1, 0, 0);
    }

    @Test
    void powers_ofIntegersAndLimits_followTheJavadoc() {
        assertThat(binary(BinaryKind.POW, DType.INT64, new long[] {2, 2, 1, -1, -1, 0, 3, 0}, new long[] {62, -1, -5, -5, -4, -1, 40, 0}))
                .containsExactly(1L << 62, 0, 1, -1, 1, 0, Long.parseUnsignedLong("12157665459056928801"), 1);
        assertThat(binary(BinaryKind.POW, new double[] {1, -1, 0, -8}, new double[] {NaN, POSITIVE_INFINITY, -1, 1 / 3.0}))
                .containsExactly(1, 1, POSITIVE_INFINITY, NaN);
    }

    @Test
    void extremes_withNaN_areNaN() {
        assertThat(binary(BinaryKind.MAX, new double[] {NaN, 1, 2}, new double[] {1, NaN, 3})).containsExactly(NaN, NaN, 3);
        assertThat(binary(BinaryKind.MIN, new double[] {NaN, 1, 2}, new double[] {1, NaN, 3})).containsExactly(NaN, NaN, 2);
    }

    @Test
    void shifts_byTheWidthOrNegative_leaveNothingOrTheSign() {
        long[] counts = {1, 7, 8, 70, -1};
        assertThat(binary(BinaryKind.SHIFT_LEFT, DType.INT8, new long[] {-3, 1, 1, 1, 1}, counts)).containsExactly(-6, -128, 0, 0, 0);
        assertThat(binary(BinaryKind.SHIFT_RIGHT, DType.INT8, new long[] {-3, -128, -5, -5, 5}, counts)).containsExactly(-2, -1, -1, -1, 0);
        assertThat(binary(BinaryKind.SHIFT_RIGHT, DType.UINT8, new long[] {255, 255}, new long[] {1, 8})).containsExactly(127, 0);
    }

    @Test
    void nextAfter_everyFloatingType_isTheNeighbour() {
        for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32, DType.FLOAT64}) {
            double epsilon = Math.pow(2, type == DType.FLOAT16 ? -10 : type == DType.BFLOAT16 ? -7 : type == DType.FLOAT32 ? -23 : -52);
            TensorType four = TensorType.of(type, 4);
            assertThat(doubles(new Binary(BinaryKind.NEXT_AFTER), Eval.floats(four, 1, 1, -1, 2), Eval.floats(four, 9, 0, -9, 2)))
                    .as("%s", type).containsExactly(1 + epsilon, 1 - epsilon / 2, -1 - epsilon, 2);
        }
    }

    @Test
    void comparisons_withNaN_onlyDiffer() {
        for (CompareKind kind : CompareKind.values()) {
            assertThat(longs(new Compare(kind), vector(NaN, 1), vector(NaN, NaN)))
                    .containsExactly(kind == CompareKind.NE ? 1 : 0, kind == CompareKind.NE ? 1 : 0);
        }
        assertThat(longs(new Compare(CompareKind.GT), whole(DType.INT64, Long.MAX_VALUE), whole(DType.INT64, Long.MAX_VALUE - 1)))
                .containsExactly(1);
    }

    @Test
    void select_stretches_allThree() {
        Tensor condition = whole(TensorType.of(DType.BOOL, 2, 1), 1, 0);
        Tensor a = whole(DType.INT64, 1, 2, 3);
        assertThat(longs(new Select(), condition, a, whole(TensorType.of(DType.INT64), 9))).containsExactly(1, 2, 3, 9, 9, 9);
    }

    @Test
    void cast_fromFloating_isTowardsZeroAndBounded() {
        Tensor x = vector(1.9, -1.9, NaN, 1e10, -1e30, 300);
        assertThat(longs(new Cast(DType.INT32), x)).containsExactly(1, -1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, 300);
        assertThat(longs(new Cast(DType.INT64), x)).containsExactly(1, -1, 0, 10_000_000_000L, Long.MIN_VALUE, 300);
        assertThat(longs(new Cast(DType.UINT8), x)).containsExactly(1, 255, 0, 255, 0, 44);
        assertThat(longs(new Cast(DType.BOOL), vector(0, -0.0, 0.1, NaN))).containsExactly(0, 0, 1, 1);
    }

    @Test
    void cast_fromInt64_roundsOnce() {
        long tieWithABit = (1L << 60) + (1L << 36) + 1;
        assertThat(doubles(new Cast(DType.FLOAT32), whole(DType.INT64, tieWithABit))).containsExactly(0x1p60 + 0x1p37);
        assertThat(longs(new Cast(DType.INT8), whole(DType.INT64, 200, -129))).containsExactly(-56, 127);
    }

    @Test
    void bitcast_ofOne_isItsBits() {
        assertThat(longs(new Bitcast(DType.INT32), Eval.floats(TensorType.of(DType.FLOAT32, 1), -0.0))).containsExactly(Integer.MIN_VALUE);
        assertThat(longs(new Bitcast(DType.INT64), vector(1))).containsExactly(0x3ff0000000000000L);
        assertThat(doubles(new Bitcast(DType.FLOAT32), whole(DType.INT32, 0x40490fdb))).containsExactly((float) Math.PI);
    }

    @Test
    void sources_countAndDraw() {
        assertThat(longs(new Iota(TensorType.of(DType.INT8, 2, 3), 1))).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(doubles(new Iota(TensorType.of(DType.FLOAT32, 2, 2), 0))).containsExactly(0, 0, 1, 1);
        assertThat(longs(new RandomBits(dev.keratin.backend.Shape.of(4)), whole(DType.INT64, 0, 0)))
                .containsExactly(0x6627e8d5, (int) 0xe169c58dL, (int) 0xbc57ac4cL, (int) 0x9b00dbd8L);
    }
}
