package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.initializers.Initializers;
import org.jspecify.annotations.Nullable;

/**
 * Dot-product attention (Luong et al., 2015): scores {@code query . key}, times the weight scale if used; or, in the mode
 * {@code "concat"}, {@code concatScoreWeight * sum(tanh(scale * (query + key)))}. For inputs and outputs see
 * {@link ScoredAttention}.
 *
 * @see <a href="https://keras.io/api/layers/attention_layers/attention/">Keras: Attention</a>
 */
public final class Attention extends ScoredAttention<Attention> {
    private boolean concat;
    private @Nullable Variable scale;
    private @Nullable Variable concatScoreWeight;

    /** A layer without weights. */
    public Attention() {
        super(false);
    }

    static Attention from(ObjectNode config) {
        return new Attention().configureAttention(config).scoreMode(Json.text(config, "score_mode", "dot"));
    }

    /** How scores are made: {@code "dot"} (the default) or {@code "concat"}. */
    public Attention scoreMode(String mode) {
        if (!mode.equals("dot") && !mode.equals("concat")) {
            throw new IllegalArgumentException(who() + ": a score mode \"dot\" or \"concat\" is required. Received: \"" + mode
                    + "\". For additive scores with a weight for each feature use AdditiveAttention.");
        }
        concat = mode.equals("concat");
        return this;
    }

    @Override
    void addWeights(Shape query) {
        scale = usesScale() ? addWeight("scale", Shape.of(), Initializers.get("ones")) : null;
        concatScoreWeight = concat ? addWeight("concat_score_weight", Shape.of(), Initializers.get("ones")) : null;
    }

    @Override
    Tensor scores(Tensor query, Tensor key) {
        if (!concat) {
            Tensor products = Ops.matmul(query, Ops.swapaxes(key, -2, -1));
            return scale == null ? products : Ops.multiply(products, value(scale));
        }
        Tensor sums = Ops.add(Ops.expandDims(query, -2), Ops.expandDims(key, -3));
        sums = scale == null ? sums : Ops.multiply(sums, value(scale));
        return Ops.multiply(value(concatScoreWeight), Ops.sum(Ops.tanh(sums), -1));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("score_mode", concat ? "concat" : "dot");
    }
}
