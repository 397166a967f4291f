package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.ops.Images;
import dev.keratin.ops.ResizeOptions;
import java.util.List;

/**
 * Enlarges images by whole factors: [batch, height, width, channels], height and width multiplied by size. With
 * {@code dataFormat("channels_first")} the channels come before them.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/up_sampling2d/">Keras: UpSampling2D</a>
 */
public final class UpSampling2D extends UpSampling<UpSampling2D> {
    private static final List<String> INTERPOLATIONS = List.of("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5");

    private String interpolation = "nearest";

    /**
     * A layer that repeats.
     *
     * @param size how many times, one number for height and width or one for each; none stands for 2
     */
    public UpSampling2D(int... size) {
        super(SpatialFormat.standard(2), size);
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public UpSampling2D dataFormat(String name) {
        return withDataFormat(name);
    }

    /** {@code "nearest"}, the default, {@code "bilinear"}, {@code "bicubic"}, {@code "lanczos3"} or {@code "lanczos5"}. */
    public UpSampling2D interpolation(String name) {
        if (!INTERPOLATIONS.contains(name)) {
            throw new IllegalArgumentException("UpSampling2D: an interpolation of " + INTERPOLATIONS + " is required. Received: \""
                    + name + "\". Check the spelling.");
        }
        interpolation = name;
        return this;
    }

    static UpSampling2D from(ObjectNode config) {
        return new UpSampling2D(Sizes.read(config, "size")).configured(config)
                .interpolation(Json.text(config, "interpolation", "nearest"));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        if (interpolation.equals("nearest")) {
            return super.call(input, context);
        }
        int first = format().firstSpatialAxis();
        int height = (int) input.shape().dim(first) * size()[0];
        int width = (int) input.shape().dim(first + 1) * size()[1];
        ResizeOptions options = new ResizeOptions().interpolation(interpolation).dataFormat(format().name());
        return Images.resize(input, height, width, options);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("size", Sizes.json(size()));
        return config.put("data_format", format().name()).put("interpolation", interpolation);
    }
}
