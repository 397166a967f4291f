package dev.keratin.backend.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class LiteralTest {
    @Test
    void of_bytes_areCopiedFromThePosition() {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putFloat(9).putFloat(1).putFloat(2).position(4);
        Literal literal = Literal.of(TensorType.of(DType.FLOAT32, 2), bytes);
        bytes.putFloat(4, 7);
        assertThat(literal.doubleAt(0)).isEqualTo(1);
        assertThat(literal.doubleAt(1)).isEqualTo(2);
        assertThat(literal.isSplat()).isFalse();
        assertThat(bytes.position()).isEqualTo(4);
    }

    @Test
    void of_wrongNumberOfBytes_isRefused() {
        assertThatThrownBy(() -> Literal.of(TensorType.of(DType.INT64, 2), ByteBuffer.allocate(8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Literal: 16 bytes are required for int64[2]. Received: 8.");
    }

    @Test
    void splat_anySize_isStoredOnce() {
        Literal literal = Literal.splat(TensorType.of(DType.INT64, 5), Long.MAX_VALUE - 1);
        assertThat(literal.isSplat()).isTrue();
        assertThat(literal.stored().remaining()).isEqualTo(8);
        assertThat(literal.longAt(4)).isEqualTo(Long.MAX_VALUE - 1);
        ByteBuffer all = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        literal.copyTo(all);
        assertThat(all.getLong(32)).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void equals_sameContent_isEqual() {
        assertThat(Literal.longs(DType.INT8, 1, 2)).isEqualTo(Literal.longs(DType.INT8, 1, 2))
                .hasSameHashCodeAs(Literal.longs(DType.INT8, 1, 2))
                .isNotEqualTo(Literal.longs(DType.INT8, 1, 3))
                .isNotEqualTo(Literal.longs(DType.UINT8, 1, 2));
    }

    @Test
    void stored_isReadOnly() {
        assertThat(Literal.scalar(DType.FLOAT32, 1).stored().isReadOnly()).isTrue();
    }

    @Test
    void toString_splatShortAndLong_staysShort() {
        assertThat(Literal.splat(TensorType.of(DType.FLOAT32, 9), 0.5)).hasToString("0.5");
        assertThat(Literal.longs(DType.UINT8, 1, 255)).hasToString("{1, 255}");
        assertThat(Literal.longs(DType.INT32, new long[17]).toString()).startsWith("#").hasSizeLessThan(10);
    }
}
