package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.jspecify.annotations.Nullable;

/**
 * A layer with kernels and biases.
 *
 * @param <S> the layer's own class
 */
public abstract class KernelBiasLayer<S extends KernelBiasLayer<S>> extends FluentLayer<S> {
    private boolean useBias = true;
    private Initializer kernelInitializer = Initializers.get("glorot_uniform");
    private Initializer biasInitializer = Initializers.get("zeros");
    private @Nullable Regularizer kernelRegularizer;
    private @Nullable Regularizer biasRegularizer;
    private @Nullable Constraint kernelConstraint;
    private @Nullable Constraint biasConstraint;
    private @Nullable Variable kernel;
    private @Nullable Variable bias;

    /** A layer with Keras's defaults. */
    protected KernelBiasLayer() {}

    /** What the settings of the kernel begin with in configurations; {@code "kernel"} unless overridden. */
    protected String kernelName() {
        return "kernel";
    }

    /** Makes the kernel, and the bias if there is one. */
    protected final void addKernelAndBias(Shape kernelShape, long biasLength) {
        addKernel("kernel", kernelShape);
        addBias(biasLength);
    }

    /** Makes the kernel under a name. */
    protected final void addKernel(String weightName, Shape shape) {
        kernel = addWeight(new WeightSpec(weightName, shape, kernelInitializer)
                .regularizer(kernelRegularizer).constraint(kernelConstraint));
    }

    /** Makes the bias if there is one. */
    protected final void addBias(long length) {
        addBias(Shape.of(length));
    }

    /** Makes the bias if there is one. */
    final void addBias(Shape shape) {
        if (useBias) {
            bias = addWeight(new WeightSpec("bias", shape, biasInitializer)
                    .regularizer(biasRegularizer).constraint(biasConstraint));
        }
    }

    /** The kernel; null before the layer is built. */
    public final @Nullable Variable kernel() {
        return kernel;
    }

    /** The bias; null before the layer is built, or without one. */
    public final @Nullable Variable bias() {
        return bias;
    }

    /** The kernel's value in the compute dtype. */
    protected final Tensor kernelValue() {
        return value(kernel);
    }

    /** Takes over everything but whether there is a bias. */
    final S copySettings(KernelBiasLayer<?> other) {
        kernelInitializer = other.kernelInitializer;
        biasInitializer = other.biasInitializer;
        kernelRegularizer = other.kernelRegularizer;
        biasRegularizer = other.biasRegularizer;
        setActivityRegularizer(other.activityRegularizer());
        kernelConstraint = other.kernelConstraint;
        biasConstraint = other.biasConstraint;
        return self();
    }

    /** Whether there is a bias; true by default. */
    public final S useBias(boolean hasBias) {
        useBias = hasBias;
        return self();
    }

    /** How the kernel starts; {@code "glorot_uniform"} by default. */
    public final S kernelInitializer(Initializer initializer) {
        kernelInitializer = initializer;
        return self();
    }

    /** How the kernel starts, by Keras name. */
    public final S kernelInitializer(String name) {
        return kernelInitializer(Initializers.get(name));
    }

    /** How the bias starts; {@code "zeros"} by default. */
    public final S biasInitializer(Initializer initializer) {
        biasInitializer = initializer;
        return self();
    }

    /** How the bias starts, by Keras name. */
    public final S biasInitializer(String name) {
        return biasInitializer(Initializers.get(name));
    }

    /** What penalises the kernel; nothing by default. */
    public final S kernelRegularizer(@Nullable Regularizer regularizer) {
        kernelRegularizer = regularizer;
        return self();
    }

    /** What penalises the kernel, by Keras name. */
    public final S kernelRegularizer(String name) {
        return kernelRegularizer(Regularizers.get(name));
    }

    /** What penalises the bias; nothing by default. */
    public final S biasRegularizer(@Nullable Regularizer regularizer) {
        biasRegularizer = regularizer;
        return self();
    }

    /** What penalises the bias, by Keras name. */
    public final S biasRegularizer(String name) {
        return biasRegularizer(Regularizers.get(name));
    }

    /** What the kernel is made to fulfil after each update; nothing by default. */
    public final S kernelConstraint(@Nullable Constraint constraint) {
        kernelConstraint = constraint;
        return self();
    }

    /** What the kernel is made to fulfil, by Keras name. */
    public final S kernelConstraint(String name) {
        return kernelConstraint(Constraints.get(name));
    }

    /** What the bias is made to fulfil after each update; nothing by default. */
    public final S biasConstraint(@Nullable Constraint constraint) {
        biasConstraint = constraint;
        return self();
    }

    /** What the bias is made to fulfil, by Keras name. */
    public final S biasConstraint(String name) {
        return biasConstraint(Constraints.get(name));
    }

    /** Whether there is a bias. */
    protected final boolean hasBias() {
        return useBias;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("use_bias", useBias);
        config.set(kernelName() + "_initializer", Initializers.registry().serialize(kernelInitializer));
        config.set("bias_initializer", Initializers.registry().serialize(biasInitializer));
        Configs.put(config, kernelName() + "_regularizer", Regularizers.registry(), kernelRegularizer);
        Configs.put(config, "bias_regularizer", Regularizers.registry(), biasRegularizer);
        Configs.put(config, "activity_regularizer", Regularizers.registry(), activityRegularizer());
        Configs.put(config, kernelName() + "_constraint", Constraints.registry(), kernelConstraint);
        Configs.put(config, "bias_constraint", Constraints.registry(), biasConstraint);
        return config;
    }

    /** Takes over what {@link #config} of this class wrote. */
    protected S configureKernel(ObjectNode config) {
        configure(config);
        useBias = Json.bool(config, "use_bias", true);
        kernelInitializer = Configs.get(config, kernelName() + "_initializer", Initializers.registry(), kernelInitializer);
        biasInitializer = Configs.get(config, "bias_initializer", Initializers.registry(), biasInitializer);
        kernelRegularizer = Configs.get(config, kernelName() + "_regularizer", Regularizers.registry());
        biasRegularizer = Configs.get(config, "bias_regularizer", Regularizers.registry());
        setActivityRegularizer(Configs.get(config, "activity_regularizer", Regularizers.registry()));
        kernelConstraint = Configs.get(config, kernelName() + "_constraint", Constraints.registry());
        biasConstraint = Configs.get(config, "bias_constraint", Constraints.registry());
        return self();
    }
}
