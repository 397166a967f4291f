package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention between projections of query, key and value, whose result is projected again.
 *
 * <p>Inputs: query [batch, ..., features], value [batch, ..., features], then if wanted key, shaped as value but for the
 * last axis (value if left out), then if wanted an attention mask, bool [batch, targets, sources], false where a target must
 * not see a source. Masks of query, value and key count, too. Outputs: [batch, ..., features of the query]; then, if asked
 * for, the weights of all sources.
 *
 * @param <S> the layer's own class
 */
public abstract class ProjectedAttention<S extends ProjectedAttention<S>> extends KernelBiasLayer<S>
        implements AttentionOptions<S> {
    private final AttentionSettings attention = new AttentionSettings();
    private boolean useGate;
    private boolean hasKey;
    private @Nullable Integer slidingWindow;
    private @Nullable Regularizer partsRegularizer;
    private @Nullable EinsumDense queryDense;
    private @Nullable EinsumDense keyDense;
    private @Nullable EinsumDense gateDense;
    private @Nullable EinsumDense valueDense;
    private @Nullable EinsumDense outputDense;
    private @Nullable Dropout dropoutLayer;

    /** A layer with Keras's defaults. */
    ProjectedAttention() {}

    @Override
    public final AttentionSettings attention() {
        return attention;
    }

    /** Whether the result is multiplied by a sigmoid of a projection of the query; false by default. */
    public final S useGate(boolean gate) {
        useGate = gate;
        return self();
    }

    /** A target sees only sources fewer than so many steps away; null, the default, for all. */
    public final S slidingWindow(@Nullable Integer steps) {
        if (steps != null && steps < 1) {
            throw new IllegalArgumentException(who() + ": a sliding window of at least 1 step is required. Received: " + steps
                    + ". Leave it out to see everything.");
        }
        slidingWindow = steps;
        return self();
    }

    /** The number of heads of query and result. */
    abstract int heads();

    /** The number of heads of key and value. */
    abstract int sourceHeads();

    /** The length of each head of query and key. */
    abstract int keyLength();

    /** The length of each head of value and result. */
    abstract int valueLength();

    /** The result's axes after those of the query but the last; empty for the length of the query's last axis. */
    abstract List<Integer> outputLengths();

    /** The axes of the query that attention runs along, of a query of a rank. */
    abstract int[] axes(int rank);

    @Override
    protected final boolean supportsMasking() {
        return true;
    }

    @Override
    protected final void checkInputs(List<TensorType> inputs) {
        boolean masked = inputs.size() > 2 && inputs.get(inputs.size() - 1).dtype() == DType.BOOL;
        int tensors = inputs.size() - (masked ? 1 : 0);
        hasKey = isBuilt() ? hasKey : tensors > 2;
        int rank = inputs.get(0).shape().rank();
        boolean same = inputs.subList(0, tensors).stream().allMatch(each -> each.shape().rank() == rank);
        if (tensors < 2 || tensors > 3 || rank < 3 || !same) {
            throw new IllegalArgumentException(who() + ": query and value [batch, steps, features] are required, then if"
                    + " wanted key and a bool attention mask. Received: " + inputs + "."
                    + (tensors == 1 ? " For self-attention call apply(x, x)." : ""));
        }
    }

    @Override
    protected final void build(List<Shape> inputShapes) {
        Shape query = inputShapes.get(0);
        Shape value = inputShapes.get(1);
        partsRegularizer = activityRegularizer();
        queryDense = part(projection("query_dense"), "query", query, 1, heads(), keyLength());
        keyDense = part(projection("key_dense"), "key", hasKey ? inputShapes.get(2) : value, 1, sourceHeads(), keyLength());
        if (useGate) {
            gateDense = part("_gate_dense", "gate", query, 1, heads(), valueLength()).activation("sigmoid");
        }
        valueDense = part(projection("value_dense"), "value", value, 1, sourceHeads(), valueLength());
        dropoutLayer = track("_dropout_layer", new Dropout(attention.dropout));
        dropoutLayer.setDTypePolicy(dtypePolicy());
        if (attention.seed != null) {
            dropoutLayer.seed(attention.seed);
        }
        dropoutLayer.ensureBuilt(List.of(new TensorType(computeDType(), query)));
        List<Integer> output = outputLengths();
        int[] lengths = output.isEmpty() ? new int[] {(int) Weights.knownLength(this, query, -1)}
                : output.stream().mapToInt(i -> i).toArray();
        outputDense = part(projection("output_dense"), "attention_output",
                query.remove(-1).concat(Shape.of(heads(), valueLength())), 2, lengths);
        setActivityRegularizer(null);
    }

    /** The name that weight files know a projection by. */
    abstract String projection(String attribute);

    /** A projection of the last axes of an input to new ones. */
    private EinsumDense part(String attribute, String partName, Shape input, int summed, int... lengths) {
        String letters = "abcdefghijklmnopqrstuvwxyz";
        int rows = input.rank() - summed;
        String inner = letters.substring(rows, rows + summed);
        String outer = letters.substring(rows + summed, rows + summed + lengths.length);
        String row = letters.substring(0, rows);
        long[] shape = new long[rows - 1 + lengths.length];
        java.util.Arrays.fill(shape, Shape.UNKNOWN);
        for (int i = 0; i < lengths.length; i++) {
            shape[rows - 1 + i] = lengths[i];
        }
        EinsumDense dense = new EinsumDense(row + inner + "," + inner + outer + "->" + row + outer, shape)
                .copySettings(this).biasAxes(hasBias() ? outer : null).name(partName);
        dense.setDTypePolicy(dtypePolicy());
        dense.ensureBuilt(List.of(new TensorType(computeDType(), input)));
        dense.setTrainable(isTrainable());
        return track(attribute, dense);
    }

    @Override
    protected final List<Tensor> call(List<Tensor> inputs, CallContext context) {
        boolean masked = inputs.size() > 2 && inputs.get(inputs.size() - 1).dtype() == DType.BOOL;
        int tensors = inputs.size() - (masked ? 1 : 0);
        Tensor query = inputs.get(0);
        Tensor value = inputs.get(1);
        Tensor key = tensors > 2 ? inputs.get(2) : value;
        AttentionMasks masks = new AttentionMasks(query.shape().dim(axes(query.rank())[0]),
                value.shape().dim(axes(query.rank())[0]));
        masks.targets(context.masks().get(0));
        masks.sources(context.masks().get(1));
        masks.sources(tensors > 2 ? context.masks().get(2) : null);
        masks.allowed(masked ? inputs.get(inputs.size() - 1) : null);
        masks.causal(attention.useCausalMask);
        masks.window(slidingWindow);
        List<Tensor> attended = attend(
                List.of(queryDense.apply(query), keyDense.apply(key), valueDense.apply(value)), masks.all(), context.training());
        Tensor result = attended.get(0);
        result = gateDense == null ? result : Ops.multiply(result, gateDense.apply(query));
        Tensor output = outputDense.apply(result);
        return attention.returnAttentionScores ? List.of(output, attended.get(1)) : List.of(output);
    }

    /** The result [batch, ..., heads, length] and the weights of projected query, key and value. */
    private List<Tensor> attend(List<Tensor> projected, @Nullable Tensor mask, boolean training) {
        Tensor query = projected.get(0);
        HeadAxes axes = new HeadAxes(query.rank(), axes(query.rank() - 1));
        Tensor q = axes.split(query);
        Tensor k = axes.split(repeated(projected.get(1)));
        Tensor v = axes.split(repeated(projected.get(2)));
        boolean explicit = attention.dropout > 0 || attention.returnAttentionScores || query.rank() != 4;
        Tensor scores = Ops.multiply(wide(axes.product(q, k)), 1 / Math.sqrt(keyLength()));
        Tensor weights = Ops.cast(weights(scores, mask == null ? null : axes.mask(mask, scores.rank()), explicit), q.dtype());
        Tensor result = axes.merge(Ops.matmul(dropoutLayer.call(weights, training), v), query.shape());
        return explicit ? List.of(result, axes.weights(weights, query.shape(), projected.get(1).shape())) : List.of(result);
    }

    /** Softmax over the sources that count. Where none does, it is 0 if weights are handled one by one, else the mean. */
    private static Tensor weights(Tensor scores, @Nullable Tensor mask, boolean explicit) {
        if (mask == null) {
            return Ops.softmax(scores);
        }
        Tensor weights = Ops.softmax(Ops.where(mask, scores, -1e9));
        return explicit ? Ops.where(mask, weights, 0) : weights;
    }

    private static Tensor wide(Tensor scores) {
        return scores.dtype().byteSize() < 4 ? Ops.cast(scores, DType.FLOAT32) : scores;
    }

    private Tensor repeated(Tensor source) {
        int repeats = heads() / sourceHeads();
        return repeats == 1 ? source : Ops.repeat(source, repeats, 2);
    }

    @Override
    protected final List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        List<@Nullable Tensor> result = new ArrayList<>();
        result.add(masks.get(0));
        while (result.size() < outputs.size()) {
            result.add(null);
        }
        return result;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        attention.write(config);
        config.put("use_gate", useGate);
        config.put("sliding_window", slidingWindow);
        Configs.put(config, "activity_regularizer", Regularizers.registry(),
                partsRegularizer != null ? partsRegularizer : activityRegularizer());
        return config;
    }

    @Override
    public final @Nullable String inputKeyword(TensorType input, int index) {
        return input.dtype() == DType.BOOL ? "attention_mask" : null;
    }

    @Override
    public final ObjectNode callArguments() {
        return attention.writeCall(super.callArguments());
    }

    @Override
    public final void setCallArguments(ObjectNode arguments) {
        attention.readCall(arguments);
    }

    final S configureAttention(ObjectNode config) {
        configureKernel(config);
        attention.read(config);
        return useGate(Json.bool(config, "use_gate", false)).slidingWindow(Json.integer(config, "sliding_window"));
    }
}
