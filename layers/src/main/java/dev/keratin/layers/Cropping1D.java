package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Cuts elements off along steps: [batch, steps, channels], output of the same rank.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/cropping1d/">Keras: Cropping1D</a>
 */
public final class Cropping1D extends EdgeLayer<Cropping1D> {
    /**
     * A layer with lengths.
     *
     * @param cropping one length for both ends, or the lengths before and after; none stands for 1
     */
    public Cropping1D(int... cropping) {
        super(Kind.CROPPING, 1, ends("Cropping1D", cropping.length == 0 ? new int[] {1} : cropping));
    }

    static Cropping1D from(ObjectNode config) {
        return new Cropping1D(Sizes.read(config, "cropping", 1)).configured(config);
    }
}
