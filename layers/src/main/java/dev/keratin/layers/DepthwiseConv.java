package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.constraints.Constraint;
import dev.keratin.initializers.Initializer;
import dev.keratin.regularizers.Regularizer;
import java.util.List;

/**
 * A convolution of each channel on its own; kernel [spatial..., channels, depthMultiplier], output channels
 * {@code channels * depthMultiplier}, those of one input channel side by side.
 *
 * @param <S> the layer's own class
 */
abstract class DepthwiseConv<S extends DepthwiseConv<S>> extends ConvLayer<S> {
    private int depthMultiplier = 1;

    DepthwiseConv(int rank, int... kernelSize) {
        super(rank, kernelSize);
    }

    /** How many output channels there are for each input channel; 1 by default. */
    public final S depthMultiplier(int channels) {
        depthMultiplier = atLeastOne(className() + ": a depthMultiplier", channels);
        return self();
    }

    /** How the kernel starts; {@code "glorot_uniform"} by default. */
    public final S depthwiseInitializer(Initializer initializer) {
        return kernelInitializer(initializer);
    }

    /** How the kernel starts, by Keras name. */
    public final S depthwiseInitializer(String name) {
        return kernelInitializer(name);
    }

    /** What penalises the kernel; nothing by default. */
    public final S depthwiseRegularizer(Regularizer regularizer) {
        return kernelRegularizer(regularizer);
    }

    /** What penalises the kernel, by Keras name. */
    public final S depthwiseRegularizer(String name) {
        return kernelRegularizer(name);
    }

    /** What the kernel is made to fulfil after each update; nothing by default. */
    public final S depthwiseConstraint(Constraint constraint) {
        return kernelConstraint(constraint);
    }

    /** What the kernel is made to fulfil, by Keras name. */
    public final S depthwiseConstraint(String name) {
        return kernelConstraint(name);
    }

    final S configured(ObjectNode config) {
        return configureConvolution(config).depthMultiplier(Json.integer(config, "depth_multiplier", 1));
    }

    @Override
    protected final String kernelName() {
        return "depthwise";
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        long channels = channels(inputShapes);
        addKernelAndBias(movement().kernelShape(channels, depthMultiplier), channels * depthMultiplier);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return finishChannels(Ops.depthwiseConv(input, kernelValue(), movement().window()));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("depth_multiplier", depthMultiplier);
    }
}
