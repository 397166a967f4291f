package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a convolution that computes one part of the short-time Fourier transform: shape [frame length, 1,
 * frequencies], element {@code window(t) / scale * cos(2 pi t f / (2 (frequencies - 1)))}, or minus the sine.
 */
public final class STFT implements Initializer {
    private final String side;
    private @Nullable String window = "hann";
    private @Nullable String scaling = "density";
    private boolean periodic;

    /** The real part. */
    public STFT() {
        this("real");
    }

    /** The part named: {@code "real"} or {@code "imag"}. */
    public STFT(String side) {
        if (!side.equals("real") && !side.equals("imag")) {
            throw new IllegalArgumentException("STFT: side \"real\" or \"imag\" is required. Received: \"" + side + "\".");
        }
        this.side = side;
    }

    static STFT from(ObjectNode config) {
        STFT made = new STFT(Json.text(config, "side", "real")).periodic(Json.bool(config, "periodic", false));
        if (config.has("window")) {
            made.window(Json.text(config, "window"));
        }
        return config.has("scaling") ? made.scaling(Json.text(config, "scaling")) : made;
    }

    /** Sets the window by its name in SciPy; {@code "hann"} unless set, null for none. */
    public STFT window(@Nullable String window) {
        if (window != null) {
            Window.named(window);
        }
        this.window = window;
        return this;
    }

    /**
     * Sets what the window is divided by: the root of the sum of its squares ({@code "density"}, unless set), the sum of
     * its magnitudes ({@code "spectrum"}) or 1 (null).
     */
    public STFT scaling(@Nullable String scaling) {
        if (scaling != null && !scaling.equals("density") && !scaling.equals("spectrum")) {
            throw new IllegalArgumentException("STFT: scaling \"density\", \"spectrum\" or null is required. Received: \""
                    + scaling + "\".");
        }
        this.scaling = scaling;
        return this;
    }

    /** Sets whether the window is one period of a periodic one rather than symmetric; false unless set. */
    public STFT periodic(boolean periodic) {
        this.periodic = periodic;
        return this;
    }

    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        if (shape.rank() != 3 || shape.dim(1) != 1) {
            throw new IllegalArgumentException("STFT: a shape [frame length, 1, frequencies] is required. Received: "
                    + shape + ".");
        }
        int frequencies = (int) shape.dim(2);
        double[] weights = weights((int) shape.dim(0));
        return Fill.with(shape, dtype, index -> {
            int time = index / frequencies;
            double angle = -2.0 * time * ((index % frequencies) / (2.0 * (frequencies - 1))) * Math.PI;
            return weights[time] * (side.equals("real") ? StrictMath.cos(angle) : StrictMath.sin(angle));
        });
    }

    private double[] weights(int length) {
        if (window == null) {
            return Arrays.stream(new double[length]).map(zero -> 1.0).toArray();
        }
        double[] weights = Window.named(window).values(length, periodic);
        double scale = scaling == null ? 1.0 : scaling.equals("density")
                ? Math.sqrt(Arrays.stream(weights).map(w -> w * w).sum()) : Arrays.stream(weights).map(Math::abs).sum();
        return Arrays.stream(weights).map(w -> w / scale).toArray();
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("side", side).put("window", window).put("periodic", periodic).put("scaling", scaling);
    }
}
