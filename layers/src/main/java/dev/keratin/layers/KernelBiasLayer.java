package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.regularizers.Regularizers;
import org.jspecify.annotations.Nullable;

/**
 * A layer with kernels and biases.
 *
 * @param <S> the layer's own class
 */
public abstract class KernelBiasLayer<S extends KernelBiasLayer<S>> extends FluentLayer<S>
        implements KernelBiasOptions<S> {
    private boolean useBias = true;
    private final WeightSettings kernelSettings = new WeightSettings("glorot_uniform");
    private final WeightSettings biasSettings = new WeightSettings("zeros");
    private @Nullable Variable kernel;
    private @Nullable Variable bias;

    /** A layer with Keras's defaults. */
    protected KernelBiasLayer() {}

    @Override
    public final WeightSettings kernelSettings() {
        return kernelSettings;
    }

    @Override
    public final WeightSettings biasSettings() {
        return biasSettings;
    }

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
        kernel = addWeight(kernelSettings.spec(weightName, shape));
    }

    /** Makes the bias if there is one. */
    protected final void addBias(long length) {
        addBias(Shape.of(length));
    }

    /** Makes the bias if there is one. */
    final void addBias(Shape shape) {
        if (useBias) {
            bias = addWeight(biasSettings.spec("bias", shape));
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
        kernelSettings.copy(other.kernelSettings());
        biasSettings.copy(other.biasSettings());
        setActivityRegularizer(other.activityRegularizer());
        return self();
    }

    /** Whether there is a bias; true by default. */
    public final S useBias(boolean hasBias) {
        useBias = hasBias;
        return self();
    }

    /** Whether there is a bias. */
    protected final boolean hasBias() {
        return useBias;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("use_bias", useBias);
        kernelSettings.write(config, kernelName());
        biasSettings.write(config, "bias");
        Configs.put(config, "activity_regularizer", Regularizers.registry(), activityRegularizer());
        return config;
    }

    /** Takes over what {@link #config} of this class wrote. */
    protected S configureKernel(ObjectNode config) {
        configure(config);
        useBias = Json.bool(config, "use_bias", true);
        kernelSettings.read(config, kernelName());
        biasSettings.read(config, "bias");
        setActivityRegularizer(Configs.get(config, "activity_regularizer", Regularizers.registry()));
        return self();
    }
}
