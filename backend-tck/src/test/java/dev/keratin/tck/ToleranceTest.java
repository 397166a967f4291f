package dev.keratin.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import org.junit.jupiter.api.Test;

final class ToleranceTest {
    @Test
    void bits_zerosOfOtherSign_differ() {
        assertThat(Tolerance.BITS.accepts(DType.FLOAT32, 0.0, -0.0)).isFalse();
        assertThat(Tolerance.EXACT.accepts(DType.FLOAT32, 0.0, -0.0)).isTrue();
        assertThat(Tolerance.BITS.accepts(DType.FLOAT32, Double.NaN, -Double.NaN)).isTrue();
    }

    @Test
    void exact_neighbours_differ() {
        assertThat(Tolerance.EXACT.accepts(DType.FLOAT32, 1, Math.nextUp(1f))).isFalse();
        assertThat(Tolerance.EXACT.accepts(DType.FLOAT32, 0, Float.MIN_VALUE)).isFalse();
    }

    @Test
    void notFinite_onlyEqualsItself() {
        double infinity = Double.POSITIVE_INFINITY;
        for (Tolerance tolerance : new Tolerance[] {Tolerance.ROUNDED, Tolerance.PROGRAM, Tolerance.sum(1000)}) {
            assertThat(tolerance.accepts(DType.FLOAT32, Double.NaN, Double.NaN)).isTrue();
            assertThat(tolerance.accepts(DType.FLOAT32, Double.NaN, 1)).isFalse();
            assertThat(tolerance.accepts(DType.FLOAT32, 1, Double.NaN)).isFalse();
            assertThat(tolerance.accepts(DType.FLOAT32, infinity, infinity)).isTrue();
            assertThat(tolerance.accepts(DType.FLOAT32, infinity, Float.MAX_VALUE)).isFalse();
            assertThat(tolerance.accepts(DType.FLOAT32, infinity, -infinity)).isFalse();
            assertThat(tolerance.accepts(DType.FLOAT32, Float.MAX_VALUE, infinity)).isFalse();
        }
    }

    @Test
    void units_scaleWithTheNumberAndItsType() {
        assertThat(Tolerance.ROUNDED.accepts(DType.FLOAT32, 1000, 1000 * (1 + 0x1p-22))).isTrue();
        assertThat(Tolerance.ROUNDED.accepts(DType.FLOAT32, 1000, 1000 * (1 + 0x1p-21))).isFalse();
        assertThat(Tolerance.ROUNDED.accepts(DType.FLOAT16, 1000, 1000 * (1 + 0x1p-10))).isTrue();
        assertThat(Tolerance.ROUNDED.accepts(DType.FLOAT16, 1000, 1000 * (1 + 0x1p-9))).isFalse();
        assertThat(Tolerance.ROUNDED.accepts(DType.FLOAT64, 1000, 1000 * (1 + 0x1p-22))).isFalse();
    }

    @Test
    void denormal_mayBeFlushed_whereResultsAreInexact() {
        assertThat(Tolerance.ROUNDED.accepts(DType.FLOAT32, Float.MIN_VALUE, 0)).isTrue();
        assertThat(Tolerance.ROUNDED.accepts(DType.FLOAT32, 1e-37, 0)).isFalse();
    }
}
