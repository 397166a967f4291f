package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention with one score for each target and source: {@code softmax(scores(query, key)) . value}.
 *
 * <p>Inputs: query [batch, targets, dim], value [batch, sources, dim] and, if wanted, key [batch, sources, dim] (value if
 * left out); then, if wanted, a mask of the query and one of the value, bool [batch, steps], in place of those that come with
 * the tensors. Outputs: [batch, targets, dim]; then, if asked for, the weights of the sources [batch, targets, sources].
 * Sources whose value is masked are not seen; the output of masked targets is 0.
 *
 * @param <S> the layer's own class
 */
public abstract class ScoredAttention<S extends ScoredAttention<S>> extends FluentLayer<S>
        implements AttentionOptions<S> {
    private final AttentionSettings attention = new AttentionSettings();
    private boolean useScale;
    private @Nullable SeedGenerator seedGenerator;

    ScoredAttention(boolean useScale) {
        this.useScale = useScale;
    }

    /** Whether scores are scaled by a weight. */
    public final S useScale(boolean scale) {
        useScale = scale;
        return self();
    }

    @Override
    public final AttentionSettings attention() {
        return attention;
    }

    final boolean usesScale() {
        return useScale;
    }

    /** The scores [batch, targets, sources]. */
    abstract Tensor scores(Tensor query, Tensor key);

    /** Makes the weights of the scores. */
    abstract void addWeights(Shape query);

    @Override
    public final boolean takesList() {
        return true;
    }

    @Override
    protected final boolean supportsMasking() {
        return true;
    }

    @Override
    protected final void checkInputs(List<TensorType> inputs) {
        int tensors = tensors(inputs);
        int masks = inputs.size() - tensors;
        boolean ranks = inputs.subList(0, tensors).stream().allMatch(input -> input.shape().rank() >= 3);
        if (tensors < 2 || tensors > 3 || masks == 1 || masks > 2 || !ranks) {
            throw new IllegalArgumentException(who() + ": query and value [batch, steps, dim], then if wanted key, are required."
                    + " Received: " + inputs + "." + (inputs.size() == 1 ? " For self-attention call apply(x, x)." : ""));
        }
    }

    /** How many inputs come before masks. */
    private static int tensors(List<TensorType> inputs) {
        return (int) inputs.stream().filter(input -> input.dtype() != DType.BOOL).count();
    }

    @Override
    protected final void build(List<Shape> inputShapes) {
        addWeights(inputShapes.get(0));
        if (attention.dropout > 0) {
            SeedGenerator generator = attention.seed == null ? new SeedGenerator() : new SeedGenerator(attention.seed);
            addState(generator.state());
            seedGenerator = generator;
        }
    }

    @Override
    protected final List<Tensor> call(List<Tensor> inputs, CallContext context) {
        Tensor value = inputs.get(1);
        int tensors = tensors(InputRules.types(inputs));
        boolean given = inputs.size() > tensors;
        Tensor scores = scores(inputs.get(0), tensors > 2 ? inputs.get(2) : value);
        AttentionMasks masks = new AttentionMasks(scores.shape().dim(-2), scores.shape().dim(-1));
        masks.sources(given ? inputs.get(tensors + 1) : context.masks().get(1));
        masks.causal(attention.useCausalMask);
        Tensor hidden = masks.all();
        double far = scores.dtype() == DType.FLOAT16 ? 65504 : 1e9;
        Tensor weights = Ops.softmax(hidden == null ? scores : Ops.where(hidden, scores, Ops.subtract(scores, far)));
        boolean drops = context.training() && seedGenerator != null;
        weights = drops ? Random.dropout(weights, attention.dropout, seedGenerator) : weights;
        Tensor result = Ops.matmul(weights, value);
        Tensor counts = given ? inputs.get(tensors) : context.masks().get(0);
        result = counts == null ? result : Ops.where(Ops.expandDims(counts, -1), result, 0);
        return attention.returnAttentionScores ? List.of(result, weights) : List.of(result);
    }

    @Override
    protected final List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        List<@Nullable Tensor> result = new ArrayList<>();
        int tensors = tensors(InputRules.types(inputs));
        result.add(inputs.size() > tensors ? inputs.get(tensors) : masks.get(0));
        if (outputs.size() > 1) {
            result.add(null);
        }
        return result;
    }

    @Override
    public final @Nullable String inputKeyword(TensorType input, int index) {
        return input.dtype() == DType.BOOL ? "mask" : null;
    }

    @Override
    public final ObjectNode callArguments() {
        return attention.writeCall(super.callArguments());
    }

    @Override
    public final void setCallArguments(ObjectNode arguments) {
        attention.readCall(arguments);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("use_scale", useScale);
        attention.write(config);
        return config;
    }

    final S configureAttention(ObjectNode config) {
        configure(config);
        attention.read(config);
        return useScale(Json.bool(config, "use_scale", useScale));
    }
}
