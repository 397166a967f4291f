package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Each step several times: [batch, steps, features] becomes [batch, steps * size, features].
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/up_sampling1d/">Keras: UpSampling1D</a>
 */
public final class UpSampling1D extends UpSampling<UpSampling1D> {
    /**
     * A layer that repeats.
     *
     * @param size how many times; none stands for 2
     */
    public UpSampling1D(int... size) {
        super(new SpatialFormat(1, SpatialFormat.LAST), size);
    }

    static UpSampling1D from(ObjectNode config) {
        return new UpSampling1D(Sizes.read(config, "size")).configured(config);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("size", size()[0]);
    }
}
