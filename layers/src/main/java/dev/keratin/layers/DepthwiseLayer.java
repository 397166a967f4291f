package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.constraints.Constraint;
import dev.keratin.initializers.Initializer;
import dev.keratin.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose kernel [spatial..., channels, depthMultiplier] moves over each channel on its own.
 *
 * @param <S> the layer's own class
 */
abstract class DepthwiseLayer<S extends DepthwiseLayer<S>> extends ConvLayer<S> {
    private int depthMultiplier = 1;

    DepthwiseLayer(int rank, int... kernelSize) {
        super(rank, kernelSize);
    }

    /** How many channels are made of each input channel; 1 by default. */
    public final S depthMultiplier(int channels) {
        depthMultiplier = atLeastOne(className() + ": a depthMultiplier", channels);
        return self();
    }

    final int depthMultiplier() {
        return depthMultiplier;
    }

    /** How the depthwise kernel starts; {@code "glorot_uniform"} by default. */
    public final S depthwiseInitializer(Initializer initializer) {
        return kernelInitializer(initializer);
    }

    /** How the depthwise kernel starts, by Keras name. */
    public final S depthwiseInitializer(String name) {
        return kernelInitializer(name);
    }

    /** What penalises the depthwise kernel; nothing by default. */
    public final S depthwiseRegularizer(@Nullable Regularizer regularizer) {
        return kernelRegularizer(regularizer);
    }

    /** What penalises the depthwise kernel, by Keras name. */
    public final S depthwiseRegularizer(String name) {
        return kernelRegularizer(name);
    }

    /** What the depthwise kernel is made to fulfil after each update; nothing by default. */
    public final S depthwiseConstraint(@Nullable Constraint constraint) {
        return kernelConstraint(constraint);
    }

    /** What the depthwise kernel is made to fulfil, by Keras name. */
    public final S depthwiseConstraint(String name) {
        return kernelConstraint(name);
    }

    /** The kernel's shape for a number of input channels. */
    final Shape kernelShape(long channels) {
        return movement().kernelShape(channels, depthMultiplier);
    }

    @Override
    protected final String kernelName() {
        return "depthwise";
    }

    @Override
    public ObjectNode config() {
        return super.config().put("depth_multiplier", depthMultiplier);
    }

    /** Takes over what {@link #config} of this class wrote. */
    final S configureDepthwise(ObjectNode config) {
        return configureConvolution(config).depthMultiplier(Json.integer(config, "depth_multiplier", 1));
    }
}
