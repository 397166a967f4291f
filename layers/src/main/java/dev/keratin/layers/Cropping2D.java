package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Cuts elements off along height and width: [batch, height, width, channels], output of the same rank. With {@code dataFormat("channels_first")}
 * the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/cropping2d/">Keras: Cropping2D</a>
 */
public final class Cropping2D extends SpatialEdgeLayer<Cropping2D> {
    /**
     * A layer with the same lengths before and after.
     *
     * @param cropping one length for all spatial axes, or one for each; none stands for 0
     */
    public Cropping2D(int... cropping) {
        this(symmetric("Cropping2D", 2, cropping.length == 0 ? new int[] {0} : cropping));
    }

    /**
     * A layer with lengths of their own before and after.
     *
     * @param cropping for each spatial axis the lengths before and after
     */
    public Cropping2D(int[][] cropping) {
        super(Kind.CROPPING, 2, cropping);
    }

    static Cropping2D from(ObjectNode config) {
        return new Cropping2D(read(config, "cropping", 2)).configured(config);
    }
}
