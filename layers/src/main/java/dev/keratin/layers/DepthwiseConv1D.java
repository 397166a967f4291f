package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A convolution over steps of each channel on its own.
 *
 * <p>Input [batch, steps, channels], output [batch, steps, channels * depthMultiplier]; kernel
 * [kernelSize, channels, depthMultiplier], bias [channels * depthMultiplier]. With
 * {@code dataFormat("channels_first")} the channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/convolution_layers/depthwise_convolution1d/">Keras: DepthwiseConv1D</a>
 */
public final class DepthwiseConv1D extends DepthwiseConv<DepthwiseConv1D> {
    /**
     * A layer without activation.
     *
     * @param kernelSize the window's length
     */
    public DepthwiseConv1D(int... kernelSize) {
        super(1, kernelSize);
    }

    static DepthwiseConv1D from(ObjectNode config) {
        return new DepthwiseConv1D(Sizes.read(config, "kernel_size")).configureDepthwise(config);
    }
}
