package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.ops.Images;
import dev.keratin.ops.ResizeOptions;
import java.util.List;

/**
 * Gives images another size, in training and outside of it.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with any numbers, output the same with the new
 * height and width, in the input's dtype: whole numbers are rounded and cut off at the limits of their dtype. With {@code
 * dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/">Keras: Resizing</a>
 */
public final class Resizing extends SizedImageLayer<Resizing> {
    private String interpolation = "bilinear";
    private boolean cropToAspectRatio;
    private boolean padToAspectRatio;
    private double fillValue;
    private boolean antialias;

    /**
     * A layer that stretches, bilinear.
     *
     * @param height of the output, at least 1
     * @param width of the output, at least 1
     */
    public Resizing(int height, int width) {
        super(height, width);
    }

    static Resizing from(ObjectNode config) {
        return new Resizing(size(config, "height"), size(config, "width")).configured(config)
                .interpolation(Json.text(config, "interpolation", "bilinear"))
                .cropToAspectRatio(Json.bool(config, "crop_to_aspect_ratio", false))
                .padToAspectRatio(Json.bool(config, "pad_to_aspect_ratio", false))
                .fillMode(Json.text(config, "fill_mode", "constant"))
                .fillValue(Json.number(config, "fill_value", 0))
                .antialias(Json.bool(config, "antialias", false));
    }

    /** {@code "bilinear"}, the default, {@code "nearest"}, {@code "bicubic"}, {@code "lanczos3"}, {@code "lanczos5"} or {@code "area"}. */
    public Resizing interpolation(String name) {
        new ResizeOptions().interpolation(name);
        interpolation = name;
        return this;
    }

    /** Whether the middle of the image with the ratio of the new size is cut out first; false by default. */
    public Resizing cropToAspectRatio(boolean crop) {
        cropToAspectRatio = crop;
        return this;
    }

    /** Whether a margin that gives the image the ratio of the new size is put around first; false by default. */
    public Resizing padToAspectRatio(boolean pad) {
        padToAspectRatio = pad;
        return this;
    }

    /** What the margin consists of: {@code "constant"}, the only mode there is, stands for {@link #fillValue}. */
    public Resizing fillMode(String mode) {
        if (!mode.equals("constant")) {
            throw new IllegalArgumentException("Resizing: the fill mode \"constant\" is required. Received: \"" + mode
                    + "\". Other margins can be made with pad before this layer.");
        }
        return this;
    }

    /** The numbers in the margin; 0 by default. */
    public Resizing fillValue(double value) {
        fillValue = value;
        return this;
    }

    /** Whether all pixels count where the image becomes smaller; false by default. */
    public Resizing antialias(boolean wide) {
        antialias = wide;
        return this;
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        if (cropToAspectRatio && padToAspectRatio) {
            throw new IllegalArgumentException(who() + ": one way to keep the aspect ratio is required. Received: both"
                    + " cropToAspectRatio(true) and padToAspectRatio(true). Leave one out.");
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Images.resize(input, height(), width(), new ResizeOptions().interpolation(interpolation)
                .antialias(antialias).cropToAspectRatio(cropToAspectRatio).padToAspectRatio(padToAspectRatio)
                .fillValue(fillValue).dataFormat(format().name()));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("interpolation", interpolation);
        config.put("crop_to_aspect_ratio", cropToAspectRatio);
        config.put("pad_to_aspect_ratio", padToAspectRatio);
        config.put("fill_mode", "constant");
        config.put("fill_value", fillValue);
        return config.put("antialias", antialias);
    }
}
