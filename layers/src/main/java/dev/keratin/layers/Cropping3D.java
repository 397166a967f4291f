package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Cuts elements off along depth, height and width: [batch, depth, height, width, channels], output of the same rank. With {@code dataFormat("channels_first")}
 * the channels come before the depth, height and width.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/cropping3d/">Keras: Cropping3D</a>
 */
public final class Cropping3D extends SpatialEdgeLayer<Cropping3D> {
    /**
     * A layer with the same lengths before and after.
     *
     * @param cropping one length for all spatial axes, or one for each; none stands for 0
     */
    public Cropping3D(int... cropping) {
        this(symmetric("Cropping3D", 3, cropping.length == 0 ? new int[] {0} : cropping));
    }

    /**
     * A layer with lengths of their own before and after.
     *
     * @param cropping for each spatial axis the lengths before and after
     */
    public Cropping3D(int[][] cropping) {
        super(Kind.CROPPING, 3, cropping);
    }

    static Cropping3D from(ObjectNode config) {
        return new Cropping3D(read(config, "cropping", 3)).configured(config);
    }
}
