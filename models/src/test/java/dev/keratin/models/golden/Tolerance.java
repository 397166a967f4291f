package dev.keratin.models.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;

/** How far numbers may be from those of Keras: {@code atol + rtol * |expected|}. */
record Tolerance(double relative, double absolute) {
    /** A few units in the last place: each of some products and sums is rounded, or several together, as backends please. */
    private static final double BFLOAT16_STEP = 0x1p-5;

    static Tolerance of(GoldenCase golden, String prefix) {
        double relative = golden.tolerance().get(prefix + "rtol").asDouble();
        boolean coarse = golden.config().toString().contains("bfloat16");
        return new Tolerance(coarse ? BFLOAT16_STEP : relative, golden.tolerance().get(prefix + "atol").asDouble());
    }

    void check(String what, Tensor actual, Tensor expected) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        double[] numbers = Ops.cast(actual, DType.FLOAT64).toDoubleArray();
        double[] wanted = Ops.cast(expected, DType.FLOAT64).toDoubleArray();
        for (int i = 0; i < wanted.length; i++) {
            boolean same = Double.compare(numbers[i], wanted[i]) == 0;
            if (!same && !(Math.abs(numbers[i] - wanted[i]) <= absolute + relative * Math.abs(wanted[i]))) {
                throw new AssertionError(what + " of " + actual.type() + " differs at element " + i + ": " + numbers[i]
                        + ", in Keras " + wanted[i]);
            }
        }
    }
}
