package dev.keratin.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.keratin.Tensor;
import java.util.Arrays;

/**
 * How close two numbers have to be: {@code |a - b| <= absolute + relative * |b|}.
 *
 * @param relative the part that grows with the expected number
 * @param absolute the part that doesn't
 */
public record Closeness(double relative, double absolute) {
    /** Fails unless all elements are close; NaN is close to NaN. */
    public void check(Tensor actual, double... expected) {
        double[] elements = actual.toDoubleArray();
        assertThat(elements).hasSameSizeAs(expected);
        for (int i = 0; i < elements.length; i++) {
            boolean same = Double.compare(elements[i], expected[i]) == 0;
            if (!same && !(Math.abs(elements[i] - expected[i]) <= absolute + relative * Math.abs(expected[i]))) {
                fail("element %d: expected %s, was %s (expected %s, was %s)".formatted(
                        i, expected[i], elements[i], Arrays.toString(expected), Arrays.toString(elements)));
            }
        }
    }
}
