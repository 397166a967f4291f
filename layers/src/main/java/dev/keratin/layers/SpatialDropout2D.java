package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * Dropout of whole channels of [batch, height, width, channels]: in training sets all height and width of a channel to 0 with
 * probability {@code rate} and divides the others by {@code 1 - rate}. With
 * {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/spatial_dropout2d/">Keras: SpatialDropout2D</a>
 */
public final class SpatialDropout2D extends SpatialDropout<SpatialDropout2D> {
    /**
     * A layer with a rate.
     *
     * @param rate from 0 to 1
     */
    public SpatialDropout2D(double rate) {
        super(SpatialFormat.standard(2), rate);
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public SpatialDropout2D dataFormat(String name) {
        return withDataFormat(name);
    }

    static SpatialDropout2D from(ObjectNode config) {
        return new SpatialDropout2D(Json.number(config, "rate", -1)).configuredFormat(config);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("data_format", formatName());
    }
}
