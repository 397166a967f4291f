package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns whole numbers into vectors of {@code numTokens}: which of them a sample holds, how often, or one vector for each.
 *
 * <p>Input [tokens] or [batch, tokens], numbers from 0 to {@code numTokens - 1}; others count for nothing. Output in the
 * compute dtype: [numTokens] or [batch, numTokens]; with {@code "one_hot"} [..., numTokens] for any input [...], whose last
 * axis is left out if its length is 1. With {@code "count"} a second input of the shape of the first gives the weight of
 * each token.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/categorical/category_encoding/">Keras: CategoryEncoding</a>
 */
public final class CategoryEncoding extends FluentLayer<CategoryEncoding> {
    private static final String MULTI_HOT = "multi_hot";
    private static final String ONE_HOT = "one_hot";
    private static final String COUNT = "count";

    private final int numTokens;
    private String outputMode = MULTI_HOT;

    /**
     * A layer that tells which tokens a sample holds.
     *
     * @param numTokens how many there are, at least 1
     */
    public CategoryEncoding(int numTokens) {
        if (numTokens < 1) {
            throw new IllegalArgumentException("CategoryEncoding: numTokens of at least 1 is required. Received: " + numTokens
                    + ". It is the largest number in the data plus 1.");
        }
        this.numTokens = numTokens;
    }

    static CategoryEncoding from(ObjectNode config) {
        CategoryEncoding layer = new CategoryEncoding(Json.integer(config, "num_tokens", 0));
        layer.configure(config);
        return layer.sparse(Json.bool(config, "sparse", false)).outputMode(Json.text(config, "output_mode", MULTI_HOT));
    }

    /**
     * {@code "multi_hot"}, the default: 1 for each token that a sample holds. {@code "count"}: how often it does. {@code
     * "one_hot"}: a vector with one 1 for each token.
     */
    public CategoryEncoding outputMode(String mode) {
        String known = mode.equals("binary") ? MULTI_HOT : mode;
        if (!List.of(MULTI_HOT, ONE_HOT, COUNT).contains(known)) {
            throw new IllegalArgumentException("CategoryEncoding: an output mode \"multi_hot\", \"one_hot\" or \"count\" is"
                    + " required. Received: \"" + mode + "\". Check the spelling.");
        }
        outputMode = known;
        return this;
    }

    /**
     * Whether the output is sparse: false, since there are no sparse tensors here, as on Keras's PyTorch backend.
     *
     * @throws IllegalArgumentException if true
     */
    public CategoryEncoding sparse(boolean yes) {
        if (yes) {
            throw new IllegalArgumentException("CategoryEncoding: sparse(false) is required, since there are no sparse tensors here."
                    + " Received: sparse(true). Leave it out.");
        }
        return this;
    }

    @Override
    protected boolean castsInputs() {
        return false;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        if (inputs.size() > (outputMode.equals(COUNT) ? 2 : 1)) {
            throw new IllegalArgumentException(who() + ": one input is required, or with the output mode \"count\" a second one"
                    + " with weights. Received: " + inputs + " with the output mode \"" + outputMode + "\".");
        }
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        Tensor tokens = inputs.get(0).rank() == 0 ? Ops.expandDims(inputs.get(0), 0) : inputs.get(0);
        if (outputMode.equals(ONE_HOT)) {
            boolean shrinks = tokens.rank() > 1 && tokens.shape().dim(-1) == 1;
            return List.of(vectors(shrinks ? Ops.squeeze(tokens, -1) : tokens));
        }
        Tensor vectors = vectors(tokens);
        int axis = tokens.rank() > 1 ? 1 : 0;
        if (outputMode.equals(MULTI_HOT)) {
            return List.of(Ops.max(vectors, axis));
        }
        Tensor weighted = inputs.size() < 2 ? vectors
                : Ops.multiply(vectors, Ops.expandDims(Ops.cast(inputs.get(1), computeDType()), -1));
        return List.of(Ops.sum(weighted, axis));
    }

    private Tensor vectors(Tensor tokens) {
        return Ops.oneHot(tokens, numTokens, -1, computeDType());
    }

    @Override
    public @Nullable String inputKeyword(TensorType input, int index) {
        return index == 0 ? null : "count_weights";
    }

    @Override
    public ObjectNode config() {
        return super.config().put("num_tokens", numTokens).put("output_mode", outputMode);
    }
}
