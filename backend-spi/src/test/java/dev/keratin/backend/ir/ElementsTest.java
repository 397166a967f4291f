package dev.keratin.backend.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class ElementsTest {
    private static final int INFINITE_HALF = 0x7c00;
    private static final int INFINITE_BFLOAT = 0x7f80;

    @Test
    void halfToFloat_everyBitPattern_isTheDefinition() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            assertThat(Elements.halfToFloat((short) bits)).as("bits %x", bits).isEqualTo(Float.valueOf(definition(bits, 5, 10)));
        }
    }

    @Test
    void read_everyBfloat_isTheDefinition() {
        ByteBuffer buffer = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits <= 0xffff; bits++) {
            buffer.putShort(0, (short) bits);
            assertThat((float) Elements.read(buffer, 0, DType.BFLOAT16)).as("bits %x", bits)
                    .isEqualTo(Float.valueOf(definition(bits, 8, 7)));
        }
    }

    private static float definition(int bits, int exponentBits, int fractionBits) {
        double sign = bits >> 15 == 0 ? 1 : -1;
        int exponent = bits >> fractionBits & (1 << exponentBits) - 1;
        double fraction = (bits & (1 << fractionBits) - 1) / (double) (1 << fractionBits);
        int bias = (1 << exponentBits - 1) - 1;
        if (exponent == (1 << exponentBits) - 1) {
            return fraction == 0 ? (float) (sign / 0) : Float.NaN;
        }
        double magnitude = exponent == 0 ? fraction * Math.pow(2, 1 - bias) : (1 + fraction) * Math.pow(2, exponent - bias);
        return (float) (sign * magnitude);
    }

    @Test
    void floatToHalf_everyHalfAndTheMiddles_roundToNearestEven() {
        for (int bits = 0; bits < INFINITE_HALF; bits++) {
            double low = definition(bits, 5, 10);
            double high = bits + 1 == INFINITE_HALF ? 65536 : definition(bits + 1, 5, 10);
            double middle = (low + high) / 2;
            assertThat(Elements.floatToHalf(low)).isEqualTo((short) bits);
            assertThat(Elements.floatToHalf(-low)).isEqualTo((short) (bits | 0x8000));
            assertThat(Elements.floatToHalf(middle)).as("middle of %s", low).isEqualTo((short) (bits + (bits & 1)));
            assertThat(Elements.floatToHalf(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Elements.floatToHalf(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
    }

    @Test
    void floatToBfloat_everyBfloatAndTheMiddles_roundToNearestEven() {
        for (int bits = 0; bits < INFINITE_BFLOAT; bits++) {
            double low = definition(bits, 8, 7);
            double high = bits + 1 == INFINITE_BFLOAT ? 0x1p128 : definition(bits + 1, 8, 7);
            double middle = (low + high) / 2;
            assertThat(Elements.floatToBfloat(low)).isEqualTo((short) bits);
            assertThat(Elements.floatToBfloat(-low)).isEqualTo((short) (bits | 0x8000));
            assertThat(Elements.floatToBfloat(middle)).as("middle of %s", low).isEqualTo((short) (bits + (bits & 1)));
            assertThat(Elements.floatToBfloat(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Elements.floatToBfloat(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
    }

    @Test
    void floatToHalfAndBfloat_notFinite_staysSo() {
        assertThat(Elements.floatToHalf(Double.POSITIVE_INFINITY)).isEqualTo((short) INFINITE_HALF);
        assertThat(Elements.floatToHalf(1e300)).isEqualTo((short) INFINITE_HALF);
        assertThat(Elements.floatToBfloat(-1e300)).isEqualTo((short) (INFINITE_BFLOAT | 0x8000));
        assertThat(Elements.halfToFloat(Elements.floatToHalf(Double.NaN))).isNaN();
        assertThat(Elements.floatToBfloat(Double.NaN) & 0x7fff).isGreaterThan(INFINITE_BFLOAT);
    }

    @Test
    void write_everyType_convertsAsCastDoes() {
        assertThat(written(DType.INT8, 200.7)).isEqualTo(-56);
        assertThat(written(DType.UINT8, -1.5)).isEqualTo(255);
        assertThat(written(DType.INT32, 1e20)).isEqualTo(Integer.MAX_VALUE);
        assertThat(written(DType.INT32, Double.NaN)).isZero();
        assertThat(written(DType.INT64, -1e30)).isEqualTo((double) Long.MIN_VALUE);
        assertThat(written(DType.BOOL, -0.5)).isEqualTo(1);
        assertThat(written(DType.FLOAT32, 0.1)).isEqualTo(0.1f);
        assertThat(written(DType.FLOAT64, 0.1)).isEqualTo(0.1);
    }

    private static double written(DType type, double value) {
        ByteBuffer buffer = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        Elements.write(buffer, 1, type, value);
        return Elements.read(buffer, 1, type);
    }

    @Test
    void writeLong_int64_isExact() {
        ByteBuffer buffer = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        Elements.writeLong(buffer, 1, DType.INT64, Long.MAX_VALUE - 1);
        assertThat(Elements.readLong(buffer, 1, DType.INT64)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(buffer.getLong(0)).isZero();
    }
}
