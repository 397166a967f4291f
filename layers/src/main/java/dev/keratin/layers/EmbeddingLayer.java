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
 * A layer with a table of vectors, embeddings [inputDim, outputDim].
 *
 * @param <S> the layer's own class
 */
abstract class EmbeddingLayer<S extends EmbeddingLayer<S>> extends FluentLayer<S> {
    private final int inputDim;
    private final int outputDim;
    private final WeightSettings settings = new WeightSettings("uniform");
    private boolean maskZero;
    private @Nullable Variable embeddings;

    EmbeddingLayer(int inputDim, int outputDim) {
        if (inputDim < 1 || outputDim < 1) {
            throw new IllegalArgumentException(className() + ": an inputDim and outputDim of at least 1 are required. Received: "
                    + inputDim + " and " + outputDim + ".");
        }
        this.inputDim = inputDim;
        this.outputDim = outputDim;
    }

    final S configured(ObjectNode config) {
        configure(config);
        settings.read(config, "embeddings");
        setActivityRegularizer(Configs.get(config, "activity_regularizer", Regularizers.registry()));
        maskZero = Json.bool(config, "mask_zero", false);
        return self();
    }

    /** How the vectors start; {@code "uniform"} by default. */
    public final S embeddingsInitializer(Initializer initializer) {
        settings.initializer = initializer;
        return self();
    }

    /** How the vectors start, by Keras name. */
    public final S embeddingsInitializer(String name) {
        return embeddingsInitializer(Initializers.get(name));
    }

    /** What penalises the vectors; nothing by default. */
    public final S embeddingsRegularizer(@Nullable Regularizer regularizer) {
        settings.regularizer = regularizer;
        return self();
    }

    /** What penalises the vectors, by Keras name. */
    public final S embeddingsRegularizer(String name) {
        return embeddingsRegularizer(Regularizers.get(name));
    }

    /** What the vectors are made to fulfil after each update; nothing by default. */
    public final S embeddingsConstraint(@Nullable Constraint constraint) {
        settings.constraint = constraint;
        return self();
    }

    /** What the vectors are made to fulfil, by Keras name. */
    public final S embeddingsConstraint(String name) {
        return embeddingsConstraint(Constraints.get(name));
    }

    /** Whether index 0 stands for padding that later layers leave out; false by default. */
    public final S maskZero(boolean mask) {
        maskZero = mask;
        return self();
    }

    final int inputDim() {
        return inputDim;
    }

    final int outputDim() {
        return outputDim;
    }

    final Initializer initializer() {
        return settings.initializer;
    }

    /** Which indices do not stand for padding; null if all count. */
    final @Nullable Tensor counting(Tensor indices) {
        return maskZero ? Ops.notEqual(indices, 0) : null;
    }

    /** The vectors; null before the layer is built. */
    public final @Nullable Variable embeddings() {
        return embeddings;
    }

    @Override
    protected final boolean castsInputs() {
        return false;
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        embeddings = addWeight(settings.spec("embeddings", Shape.of(inputDim, outputDim)));
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
        result.add(counting(inputs.get(0)));
        return result;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("input_dim", inputDim);
        config.put("output_dim", outputDim);
        settings.write(config, "embeddings");
        Configs.put(config, "activity_regularizer", Regularizers.registry(), activityRegularizer());
        return config.put("mask_zero", maskZero).putNull("quantization_config");
    }
}
