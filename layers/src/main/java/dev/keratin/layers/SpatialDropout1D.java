package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * Dropout of whole channels of [batch, steps, channels]: in training sets all steps of a channel to 0 with
 * probability {@code rate} and divides the others by {@code 1 - rate}.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/spatial_dropout1d/">Keras: SpatialDropout1D</a>
 */
public final class SpatialDropout1D extends SpatialDropout<SpatialDropout1D> {
    /**
     * A layer with a rate.
     *
     * @param rate from 0 to 1
     */
    public SpatialDropout1D(double rate) {
        super(new SpatialFormat(1, SpatialFormat.LAST), rate);
    }

    static SpatialDropout1D from(ObjectNode config) {
        return new SpatialDropout1D(Json.number(config, "rate", -1)).configured(config);
    }
}
