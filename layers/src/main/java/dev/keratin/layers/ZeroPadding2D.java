package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Puts zeros around along height and width: [batch, height, width, channels], output of the same rank. With {@code dataFormat("channels_first")}
 * the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/zero_padding2d/">Keras: ZeroPadding2D</a>
 */
public final class ZeroPadding2D extends SpatialEdgeLayer<ZeroPadding2D> {
    /**
     * A layer with the same lengths before and after.
     *
     * @param padding one length for all spatial axes, or one for each; none stands for 1
     */
    public ZeroPadding2D(int... padding) {
        this(symmetric("ZeroPadding2D", 2, padding.length == 0 ? new int[] {1} : padding));
    }

    /**
     * A layer with lengths of their own before and after.
     *
     * @param padding for each spatial axis the lengths before and after
     */
    public ZeroPadding2D(int[][] padding) {
        super(Kind.PADDING, 2, padding);
    }

    static ZeroPadding2D from(ObjectNode config) {
        return new ZeroPadding2D(read(config, "padding", 2)).configured(config);
    }
}
