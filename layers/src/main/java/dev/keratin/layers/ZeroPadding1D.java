package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Puts zeros around along steps: [batch, steps, channels], output of the same rank. With {@code dataFormat("channels_first")}
 * the channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/zero_padding1d/">Keras: ZeroPadding1D</a>
 */
public final class ZeroPadding1D extends SpatialEdgeLayer<ZeroPadding1D> {
    /**
     * A layer with lengths.
     *
     * @param padding one length for both ends, or the lengths before and after; none stands for 1
     */
    public ZeroPadding1D(int... padding) {
        super(Kind.PADDING, 1, ends("ZeroPadding1D", padding.length == 0 ? new int[] {1} : padding));
    }

    static ZeroPadding1D from(ObjectNode config) {
        return new ZeroPadding1D(Sizes.read(config, "padding", 1)).configured(config);
    }
}
