package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A convolution over height and width of each channel on its own.
 *
 * <p>Input [batch, height, width, channels], output [batch, height, width, channels * depthMultiplier]; kernel
 * [kernelSize..., channels, depthMultiplier], bias [channels * depthMultiplier]. With
 * {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/">Keras: DepthwiseConv2D</a>
 */
public final class DepthwiseConv2D extends DepthwiseConv<DepthwiseConv2D> {
    /**
     * A layer without activation.
     *
     * @param kernelSize the window's length along all spatial axes, or one for each
     */
    public DepthwiseConv2D(int... kernelSize) {
        super(2, kernelSize);
    }

    static DepthwiseConv2D from(ObjectNode config) {
        return new DepthwiseConv2D(Sizes.read(config, "kernel_size")).configureDepthwise(config);
    }
}
