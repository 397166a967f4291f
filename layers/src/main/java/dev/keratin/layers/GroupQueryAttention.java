package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.util.List;

/**
 * Attention in which several heads of the query share one head of key and value (Ainslie et al., 2023).
 *
 * <p>For inputs, masks and outputs see {@link ProjectedAttention}; all have rank 3. Weights: kernels [features, heads,
 * headDim] and biases [heads, headDim] of query, key and value, then kernel [heads, headDim, features] and bias [features]
 * of the result.
 *
 * @see <a href="https://keras.io/api/layers/attention_layers/group_query_attention/">Keras: GroupQueryAttention</a>
 */
public final class GroupQueryAttention extends ProjectedAttention<GroupQueryAttention> {
    private final int headDim;
    private final int numQueryHeads;
    private final int numKeyValueHeads;

    /**
     * A layer.
     *
     * @param headDim the length of each head
     * @param numQueryHeads the number of heads of the query
     * @param numKeyValueHeads the number of heads of key and value; divides that of the query
     */
    public GroupQueryAttention(int headDim, int numQueryHeads, int numKeyValueHeads) {
        if (headDim < 1 || numKeyValueHeads < 1 || numQueryHeads < 1 || numQueryHeads % numKeyValueHeads != 0) {
            throw new IllegalArgumentException("GroupQueryAttention: a headDim of at least 1 and numQueryHeads divisible by"
                    + " numKeyValueHeads are required. Received: headDim=" + headDim + ", numQueryHeads=" + numQueryHeads
                    + ", numKeyValueHeads=" + numKeyValueHeads + ".");
        }
        this.headDim = headDim;
        this.numQueryHeads = numQueryHeads;
        this.numKeyValueHeads = numKeyValueHeads;
    }

    static GroupQueryAttention from(ObjectNode config) {
        return new GroupQueryAttention(Json.integer(config, "head_dim", 0), Json.integer(config, "num_query_heads", 0),
                Json.integer(config, "num_key_value_heads", 0)).configureAttention(config);
    }

    @Override
    int heads() {
        return numQueryHeads;
    }

    @Override
    int sourceHeads() {
        return numKeyValueHeads;
    }

    @Override
    int keyLength() {
        return headDim;
    }

    @Override
    int valueLength() {
        return headDim;
    }

    @Override
    List<Integer> outputLengths() {
        return List.of();
    }

    @Override
    int[] axes(int rank) {
        return new int[] {1};
    }

    @Override
    String projection(String attribute) {
        return "_" + attribute;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("head_dim", headDim);
        config.put("num_query_heads", numQueryHeads);
        return config.put("num_key_value_heads", numKeyValueHeads);
    }
}
