package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A depthwise convolution, then one with a kernel of length 1 that mixes the channels.
 *
 * @param <S> the layer's own class
 */
abstract class SeparableConv<S extends SeparableConv<S>> extends ConvLayer<S> {
    private final int filters;
    private int depthMultiplier = 1;
    private Initializer pointwiseInitializer = Initializers.get("glorot_uniform");
    private @Nullable Regularizer pointwiseRegularizer;
    private @Nullable Constraint pointwiseConstraint;
    private @Nullable Variable pointwiseKernel;

    SeparableConv(int rank, int filters, int... kernelSize) {
        super(rank, kernelSize);
        this.filters = atLeastOne(className() + ": a number of filters", filters);
    }

    /** How many channels the first convolution makes of each input channel; 1 by default. */
    public final S depthMultiplier(int channels) {
        depthMultiplier = atLeastOne(className() + ": a depthMultiplier", channels);
        return self();
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
    public final S depthwiseRegularizer(Regularizer regularizer) {
        return kernelRegularizer(regularizer);
    }

    /** What penalises the depthwise kernel, by Keras name. */
    public final S depthwiseRegularizer(String name) {
        return kernelRegularizer(name);
    }

    /** What the depthwise kernel is made to fulfil after each update; nothing by default. */
    public final S depthwiseConstraint(Constraint constraint) {
        return kernelConstraint(constraint);
    }

    /** What the depthwise kernel is made to fulfil, by Keras name. */
    public final S depthwiseConstraint(String name) {
        return kernelConstraint(name);
    }

    /** How the pointwise kernel starts; {@code "glorot_uniform"} by default. */
    public final S pointwiseInitializer(Initializer initializer) {
        pointwiseInitializer = initializer;
        return self();
    }

    /** How the pointwise kernel starts, by Keras name. */
    public final S pointwiseInitializer(String name) {
        return pointwiseInitializer(Initializers.get(name));
    }

    /** What penalises the pointwise kernel; nothing by default. */
    public final S pointwiseRegularizer(@Nullable Regularizer regularizer) {
        pointwiseRegularizer = regularizer;
        return self();
    }

    /** What penalises the pointwise kernel, by Keras name. */
    public final S pointwiseRegularizer(String name) {
        return pointwiseRegularizer(Regularizers.get(name));
    }

    /** What the pointwise kernel is made to fulfil after each update; nothing by default. */
    public final S pointwiseConstraint(@Nullable Constraint constraint) {
        pointwiseConstraint = constraint;
        return self();
    }

    /** What the pointwise kernel is made to fulfil, by Keras name. */
    public final S pointwiseConstraint(String name) {
        return pointwiseConstraint(Constraints.get(name));
    }

    final S configured(ObjectNode config) {
        configureConvolution(config);
        pointwiseInitializer = Configs.get(config, "pointwise_initializer", Initializers.registry(), pointwiseInitializer);
        pointwiseRegularizer = Configs.get(config, "pointwise_regularizer", Regularizers.registry());
        pointwiseConstraint = Configs.get(config, "pointwise_constraint", Constraints.registry());
        return depthMultiplier(Json.integer(config, "depth_multiplier", 1));
    }

    @Override
    protected final String kernelName() {
        return "depthwise";
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        long channels = channels(inputShapes);
        long[] ones = new long[rank()];
        java.util.Arrays.fill(ones, 1);
        Shape pointwise = Shape.of(ones).concat(Shape.of(channels * depthMultiplier, filters));
        addKernel("depthwise_kernel", movement().kernelShape(channels, depthMultiplier));
        pointwiseKernel = addWeight(new WeightSpec("pointwise_kernel", pointwise, pointwiseInitializer)
                .regularizer(pointwiseRegularizer).constraint(pointwiseConstraint));
        addBias(filters);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return finishChannels(Ops.separableConv(input, kernelValue(), value(pointwiseKernel), movement().window()));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("filters", filters).put("depth_multiplier", depthMultiplier);
        config.set("pointwise_initializer", Initializers.registry().serialize(pointwiseInitializer));
        Configs.put(config, "pointwise_regularizer", Regularizers.registry(), pointwiseRegularizer);
        Configs.put(config, "pointwise_constraint", Constraints.registry(), pointwiseConstraint);
        return config;
    }
}
