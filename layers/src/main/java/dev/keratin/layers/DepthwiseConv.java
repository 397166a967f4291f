package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;

/**
 * A convolution of each channel on its own; kernel [spatial..., channels, depthMultiplier], output channels
 * {@code channels * depthMultiplier}, those of one input channel side by side.
 *
 * @param <S> the layer's own class
 */
abstract class DepthwiseConv<S extends DepthwiseConv<S>> extends DepthwiseLayer<S> {
    DepthwiseConv(int rank, int... kernelSize) {
        super(rank, kernelSize);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        long channels = channels(inputShapes);
        addKernelAndBias(kernelShape(channels), channels * depthMultiplier());
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return finishChannels(Ops.depthwiseConv(input, kernelValue(), movement().window()));
    }
}
