package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Puts zeros around along depth, height and width: [batch, depth, height, width, channels], output of the same rank. With {@code dataFormat("channels_first")}
 * the channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/zero_padding3d/">Keras: ZeroPadding3D</a>
 */
public final class ZeroPadding3D extends SpatialEdgeLayer<ZeroPadding3D> {
    /**
     * A layer with the same lengths before and after.
     *
     * @param padding one length for all spatial axes, or one for each; none stands for 1
     */
    public ZeroPadding3D(int... padding) {
        this(symmetric("ZeroPadding3D", 3, padding.length == 0 ? new int[] {1} : padding));
    }

    /**
     * A layer with lengths of their own before and after.
     *
     * @param padding for each spatial axis the lengths before and after
     */
    public ZeroPadding3D(int[][] padding) {
        super(Kind.PADDING, 3, padding);
    }

    static ZeroPadding3D from(ObjectNode config) {
        return new ZeroPadding3D(read(config, "padding", 3)).configured(config);
    }
}
