package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns indices into vectors.
 *
 * <p>Input whole numbers [batch, ...] from 0 to {@code inputDim - 1}, output [batch, ..., outputDim]; weight embeddings
 * [inputDim, outputDim]. An index outside of the range is an {@link IndexOutOfBoundsException} when a step runs.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/embedding/">Keras: Embedding</a>
 */
public final class Embedding extends FluentLayer<Embedding> {
    private final int inputDim;
    private final int outputDim;
    private Initializer embeddingsInitializer = Initializers.get("uniform");
    private @Nullable Regularizer embeddingsRegularizer;
    private @Nullable Constraint embeddingsConstraint;
    private boolean maskZero;
    private @Nullable Variable embeddings;

    /**
     * A table of vectors.
     *
     * @param inputDim the number of vectors, at least 1
     * @param outputDim the length of each, at least 1
     */
    public Embedding(int inputDim, int outputDim) {
        if (inputDim < 1 || outputDim < 1) {
            throw new IllegalArgumentException("Embedding: an inputDim and outputDim of at least 1 are required. Received: "
                    + inputDim + " and " + outputDim + ".");
        }
        this.inputDim = inputDim;
        this.outputDim = outputDim;
    }

    static Embedding from(ObjectNode config) {
        Embedding layer = new Embedding(Json.integer(config, "input_dim", 0), Json.integer(config, "output_dim", 0));
        layer.configure(config);
        layer.embeddingsInitializer = Configs.get(config, "embeddings_initializer", Initializers.registry(),
                layer.embeddingsInitializer);
        layer.embeddingsRegularizer = Configs.get(config, "embeddings_regularizer", Regularizers.registry());
        layer.embeddingsConstraint = Configs.get(config, "embeddings_constraint", Constraints.registry());
        layer.setActivityRegularizer(Configs.get(config, "activity_regularizer", Regularizers.registry()));
        return layer.maskZero(Json.bool(config, "mask_zero", false));
    }

    /** How the vectors start; {@code "uniform"} by default. */
    public Embedding embeddingsInitializer(Initializer initializer) {
        embeddingsInitializer = initializer;
        return this;
    }

    /** How the vectors start, by Keras name. */
    public Embedding embeddingsInitializer(String name) {
        return embeddingsInitializer(Initializers.get(name));
    }

    /** What penalises the vectors; nothing by default. */
    public Embedding embeddingsRegularizer(@Nullable Regularizer regularizer) {
        embeddingsRegularizer = regularizer;
        return this;
    }

    /** What the vectors are made to fulfil after each update; nothing by default. */
    public Embedding embeddingsConstraint(@Nullable Constraint constraint) {
        embeddingsConstraint = constraint;
        return this;
    }

    /** Whether index 0 stands for padding that later layers leave out; false by default. */
    public Embedding maskZero(boolean mask) {
        maskZero = mask;
        return this;
    }

    /** The vectors; null before the layer is built. */
    public @Nullable Variable embeddings() {
        return embeddings;
    }

    @Override
    protected boolean castsInputs() {
        return false;
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        embeddings = addWeight(new WeightSpec("embeddings", Shape.of(inputDim, outputDim), embeddingsInitializer)
                .regularizer(embeddingsRegularizer).constraint(embeddingsConstraint));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor indices = input.dtype() == DType.INT64 ? input : Ops.cast(input, DType.INT32);
        return dtypePolicy().compute(Ops.take(embeddings.value(), indices, 0));
    }

    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        List<@Nullable Tensor> result = new ArrayList<>();
        result.add(maskZero ? Ops.notEqual(inputs.get(0), 0) : null);
        return result;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("input_dim", inputDim);
        config.put("output_dim", outputDim);
        config.set("embeddings_initializer", Initializers.registry().serialize(embeddingsInitializer));
        Configs.put(config, "embeddings_regularizer", Regularizers.registry(), embeddingsRegularizer);
        Configs.put(config, "activity_regularizer", Regularizers.registry(), activityRegularizer());
        Configs.put(config, "embeddings_constraint", Constraints.registry(), embeddingsConstraint);
        return config.put("mask_zero", maskZero).putNull("quantization_config");
    }
}
