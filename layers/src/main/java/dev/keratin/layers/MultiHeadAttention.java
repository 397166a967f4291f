package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Multi-head attention (Vaswani et al., 2017): for each head {@code softmax(q . k / sqrt(keyDim)) . v} of projections of
 * query, key and value.
 *
 * <p>For inputs, masks and outputs see {@link ProjectedAttention}; {@code mha.apply(x, x)} is self-attention. Weights:
 * kernels [features, heads, keyDim] and biases [heads, keyDim] of query, key and value (valueDim there), then kernel
 * [heads, valueDim, features] and bias [features] of the result. Weights of sources, if asked for: [batch, heads, targets,
 * sources].
 *
 * @see <a href="https://keras.io/api/layers/attention_layers/multi_head_attention/">Keras: MultiHeadAttention</a>
 */
public final class MultiHeadAttention extends ProjectedAttention<MultiHeadAttention> {
    private final int numHeads;
    private final int keyDim;
    private int valueDim;
    private List<Integer> outputShape = List.of();
    private int[] attentionAxes = {};

    /**
     * A layer.
     *
     * @param numHeads the number of heads, at least 1
     * @param keyDim the length of each head of query and key, at least 1
     */
    public MultiHeadAttention(int numHeads, int keyDim) {
        if (numHeads < 1 || keyDim < 1) {
            throw new IllegalArgumentException("MultiHeadAttention: numHeads and keyDim of at least 1 are required. Received: "
                    + numHeads + " and " + keyDim + ".");
        }
        this.numHeads = numHeads;
        this.keyDim = keyDim;
        this.valueDim = keyDim;
    }

    static MultiHeadAttention from(ObjectNode config) {
        int keyDim = Json.integer(config, "key_dim", 0);
        return new MultiHeadAttention(Json.integer(config, "num_heads", 0), keyDim).configureAttention(config)
                .valueDim(Json.integer(config, "value_dim", keyDim)).outputShape(ints(config, "output_shape"))
                .attentionAxes(ints(config, "attention_axes"));
    }

    private static int[] ints(ObjectNode config, String key) {
        return Json.integers(config, key).stream().mapToInt(i -> i).toArray();
    }

    /** The length of each head of the value; keyDim by default. */
    public MultiHeadAttention valueDim(int length) {
        valueDim = length;
        return this;
    }

    /** The output's axes after those of the query but its last; that one by default. */
    public MultiHeadAttention outputShape(int... lengths) {
        outputShape = Arrays.stream(lengths).boxed().toList();
        return this;
    }

    /** The axes that attention runs along; all but batch and features by default. */
    public MultiHeadAttention attentionAxes(int... axes) {
        attentionAxes = axes.clone();
        return this;
    }

    @Override
    int heads() {
        return numHeads;
    }

    @Override
    int sourceHeads() {
        return numHeads;
    }

    @Override
    int keyLength() {
        return keyDim;
    }

    @Override
    int valueLength() {
        return valueDim;
    }

    @Override
    List<Integer> outputLengths() {
        return outputShape;
    }

    @Override
    int[] axes(int rank) {
        return attentionAxes.length == 0 ? IntStream.range(1, rank - 1).toArray()
                : Arrays.stream(attentionAxes).map(axis -> axis < 0 ? axis + rank : axis).toArray();
    }

    @Override
    String projection(String attribute) {
        return attribute;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("num_heads", numHeads);
        config.put("key_dim", keyDim);
        config.put("value_dim", valueDim);
        config.set("output_shape", outputShape.isEmpty() ? null : Json.array(outputShape));
        int[] axes = isBuilt() ? axes(buildShapes().get(0).rank()) : attentionAxes;
        config.set("attention_axes", axes.length == 0 ? null : Json.array(Arrays.stream(axes).boxed().toList()));
        return config;
    }
}
