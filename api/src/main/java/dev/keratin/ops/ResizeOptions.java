package dev.keratin.ops;

import dev.keratin.Configuration;

/** How {@link Images#resize} computes pixels. Immutable; every setter gives a changed copy. */
public final class ResizeOptions {
    private final String interpolation;
    private final boolean antialias;
    private final boolean crop;
    private final boolean pad;
    private final double fillValue;
    private final String dataFormat;

    /** Bilinear, no antialiasing, the aspect ratio not kept, the configured data format. */
    public ResizeOptions() {
        this("bilinear", false, false, false, 0, Configuration.imageDataFormat());
    }

    private ResizeOptions(String interpolation, boolean antialias, boolean crop, boolean pad, double fillValue, String dataFormat) {
        this.interpolation = interpolation;
        this.antialias = antialias;
        this.crop = crop;
        this.pad = pad;
        this.fillValue = fillValue;
        this.dataFormat = dataFormat;
    }

    /** {@code "nearest"}, {@code "bilinear"}, {@code "bicubic"}, {@code "lanczos3"}, {@code "lanczos5"} or {@code "area"}. */
    public ResizeOptions interpolation(String value) {
        ResizeWeights.requireKnown(value);
        return new ResizeOptions(value, antialias, crop, pad, fillValue, dataFormat);
    }

    /** Whether to widen the kernel when an image is made smaller, so that no pixel is left out. */
    public ResizeOptions antialias(boolean value) {
        return new ResizeOptions(interpolation, value, crop, pad, fillValue, dataFormat);
    }

    /** Whether to cut the middle out first, so that the aspect ratio stays. */
    public ResizeOptions cropToAspectRatio(boolean value) {
        return new ResizeOptions(interpolation, antialias, value, pad, fillValue, dataFormat);
    }

    /** Whether to put {@link #fillValue} around first, so that the aspect ratio stays. */
    public ResizeOptions padToAspectRatio(boolean value) {
        return new ResizeOptions(interpolation, antialias, crop, value, fillValue, dataFormat);
    }

    /** What is put around. */
    public ResizeOptions fillValue(double value) {
        return new ResizeOptions(interpolation, antialias, crop, pad, value, dataFormat);
    }

    /** {@code "channels_last"} or {@code "channels_first"}. */
    public ResizeOptions dataFormat(String value) {
        return new ResizeOptions(interpolation, antialias, crop, pad, fillValue, value);
    }

    String interpolation() {
        return interpolation;
    }

    boolean antialias() {
        return antialias;
    }

    boolean crop() {
        return crop;
    }

    boolean pad() {
        return pad;
    }

    double fillValue() {
        return fillValue;
    }

    Layout layout() {
        return Layout.of(dataFormat);
    }
}
