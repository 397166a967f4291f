package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Each element several times along depth, height and width: [batch, depth, height, width, channels], the three lengths
 * multiplied by size. With {@code dataFormat("channels_first")} the channels come before them.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/up_sampling3d/">Keras: UpSampling3D</a>
 */
public final class UpSampling3D extends UpSampling<UpSampling3D> {
    /**
     * A layer that repeats.
     *
     * @param size how many times, one number for all spatial axes or one for each; none stands for 2
     */
    public UpSampling3D(int... size) {
        super(SpatialFormat.standard(3), size);
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public UpSampling3D dataFormat(String name) {
        return withDataFormat(name);
    }

    static UpSampling3D from(ObjectNode config) {
        return new UpSampling3D(Sizes.read(config, "size")).configured(config);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("size", Sizes.json(size()));
        return config.put("data_format", format().name());
    }
}
