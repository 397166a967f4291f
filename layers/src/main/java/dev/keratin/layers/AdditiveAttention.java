package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.initializers.Initializers;
import org.jspecify.annotations.Nullable;

/**
 * Additive attention (Bahdanau et al., 2015): scores {@code sum(scale * tanh(query + key))} with a weight scale [dim], used
 * by default. For inputs and outputs see {@link ScoredAttention}.
 *
 * @see <a href="https://keras.io/api/layers/attention_layers/additive_attention/">Keras: AdditiveAttention</a>
 */
public final class AdditiveAttention extends ScoredAttention<AdditiveAttention> {
    private @Nullable Variable scale;

    /** A layer with a scale. */
    public AdditiveAttention() {
        super(true);
    }

    static AdditiveAttention from(ObjectNode config) {
        return new AdditiveAttention().configureAttention(config);
    }

    @Override
    void addWeights(Shape query) {
        Shape dim = Shape.of(Weights.knownLength(this, query, -1));
        scale = usesScale() ? addWeight("scale", dim, Initializers.get("glorot_uniform")) : null;
    }

    @Override
    Tensor scores(Tensor query, Tensor key) {
        Tensor sums = Ops.tanh(Ops.add(Ops.expandDims(query, -2), Ops.expandDims(key, -3)));
        return Ops.sum(scale == null ? sums : Ops.multiply(value(scale), sums), -1);
    }
}
