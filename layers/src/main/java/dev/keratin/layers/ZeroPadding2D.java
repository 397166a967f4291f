package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/**
 * Puts zeros around along height and width: [batch, height, width, channels], output of the same rank. With {@code dataFormat("channels_first")}
 * the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/zero_padding2d/">Keras: ZeroPadding2D</a>
 */
public final class ZeroPadding2D extends EdgeLayer<ZeroPadding2D> {
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
        super("padding", 2, padding);
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public ZeroPadding2D dataFormat(String name) {
        return withDataFormat(name);
    }

    static ZeroPadding2D from(ObjectNode config) {
        return new ZeroPadding2D(read(config, "padding", 2)).configured(config);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return Edges.pad(input, format(), edges());
    }

    @Override
    public ObjectNode config() {
        return configWithFormat(super.config());
    }
}
