package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.initializers.TruncatedNormal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the largest singular value of another layer's kernel near 1 (Miyato et al., 2018): before each call in training
 * the kernel is divided by an estimate of it, which power iterations improve from call to call.
 *
 * @see <a href="https://keras.io/api/layers/normalization_layers/spectral_normalization/">Keras: SpectralNormalization</a>
 */
public final class SpectralNormalization extends FluentLayer<SpectralNormalization> {
    private static final double LARGEST_FACTOR = 1e12;
    private static final double START = 0.02;

    private final Layer layer;
    private int powerIterations = 1;
    private @Nullable Variable kernel;
    private @Nullable Variable vector;

    /**
     * Round a layer.
     *
     * @param layer with a weight called kernel or embeddings, such as {@link Dense}
     */
    public SpectralNormalization(Layer layer) {
        this.layer = track("layer", layer);
    }

    /** How many iterations each call in training makes; 1 by default. */
    public SpectralNormalization powerIterations(int iterations) {
        powerIterations = ConvLayer.atLeastOne("SpectralNormalization: a number of powerIterations", iterations);
        return this;
    }

    static SpectralNormalization from(ObjectNode config) {
        SpectralNormalization wrapper = new SpectralNormalization(Layers.registry().deserialize(config.path("layer")));
        wrapper.configure(config);
        return wrapper.powerIterations(Json.integer(config, "power_iterations", 1));
    }

    /** The layer that is applied. */
    public Layer layer() {
        return layer;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        layer.checkInputs(inputs);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        layer.ensureBuilt(List.of(new TensorType(computeDType(), inputShapes.get(0))));
        kernel = layer.ownWeights().stream()
                .filter(weight -> weight.name().equals("kernel") || weight.name().equals("embeddings")).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(who() + ": a layer with a weight called kernel or embeddings is"
                        + " required. Received: " + layer.who() + ". Wrap a Dense, Embedding or convolution layer."));
        weightStore().share(kernel);
        Shape shape = Shape.of(1, kernel.shape().dim(-1));
        vector = addWeight(new WeightSpec("vector_u", shape, new TruncatedNormal(0, START)).dtype(kernel.dtype()).frozen());
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        if (context.training()) {
            normalize();
        }
        Tensor output = layer.call(input, context.training());
        return input.dtype().isFloating() ? Ops.cast(output, input.dtype()) : output;
    }

    /** Divides the kernel by the estimate; a kernel of zeros stays as it is. */
    private void normalize() {
        Tensor whole = kernel.value();
        Tensor rows = Ops.reshape(whole, -1, kernel.shape().dim(-1));
        Tensor u = vector.value();
        Tensor v = u;
        for (int i = 0; i < powerIterations; i++) {
            v = unit(Ops.matmul(u, Ops.transpose(rows)));
            u = unit(Ops.matmul(v, rows));
        }
        Tensor sigma = Ops.reshape(Ops.matmul(Ops.matmul(v, rows), Ops.transpose(u)));
        Tensor zero = Ops.all(Ops.equal(whole, 0));
        vector.assign(Ops.where(zero, vector.value(), u));
        kernel.assign(Ops.where(zero, whole, Ops.divide(whole, sigma)));
    }

    private static Tensor unit(Tensor x) {
        return Ops.multiply(x, Ops.minimum(Ops.rsqrt(Ops.sum(Ops.square(x))), LARGEST_FACTOR));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("power_iterations", powerIterations);
        config.set("layer", Layers.registry().serialize(layer));
        return config;
    }
}
