package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns indices into vectors, and vectors back into a logit for each index.
 *
 * <p>{@code apply}: whole numbers [batch, ...] from 0 to {@code inputDim - 1} to [batch, ..., outputDim]. {@link #reverse}:
 * [batch, ..., outputDim] to [batch, ..., inputDim], {@code x * transpose(embeddings)}, or {@code x * reverseEmbeddings} with
 * {@code tieWeights(false)}. Weights: embeddings [inputDim, outputDim]; reverse_embeddings [outputDim, inputDim] if not tied.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/reversible_embedding/">Keras: ReversibleEmbedding</a>
 */
public final class ReversibleEmbedding extends EmbeddingLayer<ReversibleEmbedding> {
    private static final String REVERSE = "reverse";

    private boolean tieWeights = true;
    private @Nullable DType reverseDType;
    private @Nullable Double logitSoftCap;
    private @Nullable Variable reverseEmbeddings;

    /**
     * A table of vectors.
     *
     * @param inputDim the number of vectors, at least 1
     * @param outputDim the length of each, at least 1
     */
    public ReversibleEmbedding(int inputDim, int outputDim) {
        super(inputDim, outputDim);
    }

    static ReversibleEmbedding from(ObjectNode config) {
        ReversibleEmbedding layer = new ReversibleEmbedding(Json.integer(config, "input_dim", 0),
                Json.integer(config, "output_dim", 0)).configured(config);
        String dtype = Json.text(config, "reverse_dtype");
        layer.reverseDType = dtype == null ? null : DType.of(dtype);
        layer.logitSoftCap = Json.number(config, "logit_soft_cap");
        return layer.tieWeights(Json.bool(config, "tie_weights", true));
    }

    /** Whether the way back has the weights of the way there; true by default. */
    public ReversibleEmbedding tieWeights(boolean tie) {
        tieWeights = tie;
        return this;
    }

    /** The element type that the way back is computed in, such as {@code "float32"}; the compute dtype by default. */
    public ReversibleEmbedding reverseDType(String name) {
        reverseDType = DType.of(name);
        return this;
    }

    /** A limit that logits come near but stay below: {@code cap * tanh(logits / cap)}; none by default. */
    public ReversibleEmbedding logitSoftCap(double cap) {
        logitSoftCap = cap;
        return this;
    }

    /** The logits [batch, ..., inputDim] of vectors [batch, ..., outputDim], concrete or symbolic. */
    public Tensor reverse(Tensor vectors) {
        return applyAll(List.of(vectors), Set.of(REVERSE)).get(0);
    }

    @Override
    public Set<String> callFlags() {
        return Set.of(REVERSE);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        super.build(inputShapes);
        if (!tieWeights) {
            reverseEmbeddings = addWeight("reverse_embeddings", Shape.of(outputDim(), inputDim()), initializer());
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        if (context.flag(REVERSE)) {
            return logits(input);
        }
        Tensor vectors = super.call(input, context);
        Tensor mask = counting(input);
        if (mask != null) {
            vectors.attachMask(mask);
        }
        return vectors;
    }

    private Tensor logits(Tensor input) {
        if (input.shape().dim(-1) != outputDim()) {
            throw new IllegalArgumentException(who() + ": vectors of length " + outputDim() + " are required to reverse. Received: "
                    + input.type() + ". Put dense(" + outputDim() + ") before.");
        }
        DType dtype = reverseDType == null ? computeDType() : reverseDType;
        Tensor kernel = tieWeights ? Ops.transpose(value(embeddings()), 1, 0) : value(reverseEmbeddings);
        Tensor logits = Ops.matmul(Ops.cast(dtypePolicy().compute(input), dtype), Ops.cast(kernel, dtype));
        return logitSoftCap == null ? logits : Ops.multiply(Ops.tanh(Ops.divide(logits, logitSoftCap)), logitSoftCap);
    }

    /** None: {@link #call} attaches that of indices, which vectors do not have. */
    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        return Collections.singletonList(null);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("tie_weights", tieWeights);
        config.put("reverse_dtype", reverseDType == null ? null : reverseDType.toString());
        return config.put("logit_soft_cap", logitSoftCap);
    }
}
