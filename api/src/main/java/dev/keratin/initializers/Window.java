package dev.keratin.initializers;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The window functions that are sums of cosines, under SciPy's names: {@code sum_k (-1)^k a_k cos(2 pi k t / n)}. */
enum Window {
    BOXCAR(1),
    HANN(0.5, 0.5),
    HAMMING(0.54, 0.46),
    BLACKMAN(0.42, 0.5, 0.08),
    NUTTALL(0.3635819, 0.4891775, 0.1365995, 0.0106411),
    BLACKMANHARRIS(0.35875, 0.48829, 0.14128, 0.01168),
    FLATTOP(0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368);

    private final double[] coefficients;

    Window(double... coefficients) {
        this.coefficients = coefficients;
    }

    static Window named(String name) {
        for (Window window : values()) {
            if (window.name().equalsIgnoreCase(name)) {
                return window;
            }
        }
        String known = Arrays.stream(values()).map(each -> '"' + each.name().toLowerCase(Locale.ROOT) + '"')
                .collect(Collectors.joining(", "));
        throw new IllegalArgumentException("STFT: a known window is required. Received: \"" + name + "\". Known: " + known + ".");
    }

    double[] values(int length, boolean periodic) {
        double period = periodic ? length : length - 1;
        double[] values = new double[length];
        for (int t = 0; t < length; t++) {
            values[t] = length == 1 ? 1 : at(2 * Math.PI * t / period);
        }
        return values;
    }

    private double at(double angle) {
        double sum = 0;
        for (int k = 0; k < coefficients.length; k++) {
            sum += (k % 2 == 0 ? coefficients[k] : -coefficients[k]) * StrictMath.cos(k * angle);
        }
        return sum;
    }
}
