package dev.keratin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Complex numbers as pairs; the expected numbers are those of Keras 3.15.1. */
class ComplexOpsTest {
    /** Roundings of float32 sines. */
    private static final float TOLERANCE = 1e-6f;

    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    @Test
    void polar_sizeAndAngle_areRealAndImaginaryPart() {
        Complex z = Ops.polar(Tensor.of(new float[] {2, 1}), Tensor.of(new float[] {0.5f, -1}));
        assertThat(z.real().toFloatArray()).containsExactly(new float[] {1.7551651f, 0.5403023f}, within(TOLERANCE));
        assertThat(z.imag().toFloatArray()).containsExactly(new float[] {0.9588511f, -0.84147096f}, within(TOLERANCE));
    }

    @Test
    void viewAsComplexAndReal_areInverse() {
        Tensor pairs = Tensor.of(new float[][] {{1, 2}, {3, 4}});
        Complex z = Ops.viewAsComplex(pairs);
        assertThat(z.real().toFloatArray()).containsExactly(1, 3);
        assertThat(z.imag().toFloatArray()).containsExactly(2, 4);
        assertThat(Ops.viewAsReal(z).shape()).isEqualTo(pairs.shape());
        assertThat(Ops.viewAsReal(z).toFloatArray()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void viewAsComplex_ofThreeParts_isRefused() {
        assertThatThrownBy(() -> Ops.viewAsComplex(Ops.zeros(2, 3))).hasMessage("viewAsComplex: a last axis of length 2 is"
                + " required. Received: float32[2, 3]. Stack real and imaginary parts along a last axis.");
    }
}
