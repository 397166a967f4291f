package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A depthwise convolution, then one with a kernel of length 1 that mixes the channels.
 *
 * @param <S> the layer's own class
 */
abstract class SeparableConv<S extends SeparableConv<S>> extends DepthwiseLayer<S> {
    private final int filters;
    private final WeightSettings pointwise = new WeightSettings("glorot_uniform");
    private @Nullable Variable pointwiseKernel;

    SeparableConv(int rank, int filters, int... kernelSize) {
        super(rank, kernelSize);
        this.filters = atLeastOne(className() + ": a number of filters", filters);
    }

    /** How the pointwise kernel starts; {@code "glorot_uniform"} by default. */
    public final S pointwiseInitializer(Initializer initializer) {
        pointwise.initializer = initializer;
        return self();
    }

    /** How the pointwise kernel starts, by Keras name. */
    public final S pointwiseInitializer(String name) {
        return pointwiseInitializer(Initializers.get(name));
    }

    /** What penalises the pointwise kernel; nothing by default. */
    public final S pointwiseRegularizer(@Nullable Regularizer regularizer) {
        pointwise.regularizer = regularizer;
        return self();
    }

    /** What penalises the pointwise kernel, by Keras name. */
    public final S pointwiseRegularizer(String name) {
        return pointwiseRegularizer(Regularizers.get(name));
    }

    /** What the pointwise kernel is made to fulfil after each update; nothing by default. */
    public final S pointwiseConstraint(@Nullable Constraint constraint) {
        pointwise.constraint = constraint;
        return self();
    }

    /** What the pointwise kernel is made to fulfil, by Keras name. */
    public final S pointwiseConstraint(String name) {
        return pointwiseConstraint(Constraints.get(name));
    }

    final S configured(ObjectNode config) {
        pointwise.read(config, "pointwise");
        return configureDepthwise(config);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        long channels = channels(inputShapes);
        long[] ones = new long[rank()];
        Arrays.fill(ones, 1);
        Shape mixing = Shape.of(ones).concat(Shape.of(channels * depthMultiplier(), filters));
        addKernel("depthwise_kernel", kernelShape(channels));
        pointwiseKernel = addWeight(pointwise.spec("pointwise_kernel", mixing));
        addBias(filters);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return finishChannels(Ops.separableConv(input, kernelValue(), value(pointwiseKernel), movement().window()));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("filters", filters);
        pointwise.write(config, "pointwise");
        return config;
    }
}
