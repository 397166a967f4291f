package dev.keratin.ops;

import dev.keratin.Configuration;
import java.util.List;

/** How {@link Images#affineTransform} reads between and outside of pixels. Immutable; every setter gives a changed copy. */
public final class TransformOptions {
    private final String interpolation;
    private final String fillMode;
    private final double fillValue;
    private final String dataFormat;

    /** Bilinear, 0 outside, the configured data format. */
    public TransformOptions() {
        this("bilinear", "constant", 0, Configuration.imageDataFormat());
    }

    private TransformOptions(String interpolation, String fillMode, double fillValue, String dataFormat) {
        this.interpolation = interpolation;
        this.fillMode = fillMode;
        this.fillValue = fillValue;
        this.dataFormat = dataFormat;
    }

    /** {@code "nearest"} or {@code "bilinear"}. */
    public TransformOptions interpolation(String value) {
        require("interpolation", List.of("nearest", "bilinear"), value);
        return new TransformOptions(value, fillMode, fillValue, dataFormat);
    }

    /**
     * What lies outside: {@code "constant"} (the fill value), {@code "nearest"} (the outermost pixel), {@code "wrap"} (the
     * image again) or {@code "reflect"} (the image mirrored at its edge).
     */
    public TransformOptions fillMode(String value) {
        require("fillMode", List.of("constant", "nearest", "wrap", "reflect"), value);
        return new TransformOptions(interpolation, value, fillValue, dataFormat);
    }

    /** The pixel outside with fill mode "constant". */
    public TransformOptions fillValue(double value) {
        return new TransformOptions(interpolation, fillMode, value, dataFormat);
    }

    /** {@code "channels_last"} or {@code "channels_first"}. */
    public TransformOptions dataFormat(String value) {
        return new TransformOptions(interpolation, fillMode, fillValue, value);
    }

    String interpolation() {
        return interpolation;
    }

    String fillMode() {
        return fillMode;
    }

    double fillValue() {
        return fillValue;
    }

    Layout layout() {
        return Layout.of(dataFormat);
    }

    private static void require(String name, List<String> known, String value) {
        if (!known.contains(value)) {
            throw new IllegalArgumentException(name + ": one of " + known + " is required. Received: \"" + value
                    + "\". Check the spelling.");
        }
    }
}
