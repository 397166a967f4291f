package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * Dropout of whole channels of [batch, depth, height, width, channels]: in training sets all depth, height and width of a channel to 0 with
 * probability {@code rate} and divides the others by {@code 1 - rate}. With
 * {@code dataFormat("channels_first")} the channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/spatial_dropout3d/">Keras: SpatialDropout3D</a>
 */
public final class SpatialDropout3D extends SpatialDropout<SpatialDropout3D> {
    /**
     * A layer with a rate.
     *
     * @param rate from 0 to 1
     */
    public SpatialDropout3D(double rate) {
        super(SpatialFormat.standard(3), rate);
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public SpatialDropout3D dataFormat(String name) {
        return withDataFormat(name);
    }

    static SpatialDropout3D from(ObjectNode config) {
        return new SpatialDropout3D(Json.number(config, "rate", -1)).configuredFormat(config);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("data_format", formatName());
    }
}
