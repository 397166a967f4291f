package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.initializers.Initializers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shifts and scales features to mean 0 and variance 1: {@code (input - mean) / max(sqrt(variance), epsilon)}. Mean and
 * variance are given, or learnt from data by {@link #adapt(Tensor)} before training; without either nothing changes.
 *
 * <p>Weights, none of them trained and only if not given: mean and variance, with the lengths of the axes that are kept, and
 * count, a whole number that Keras keeps for old files.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/numerical/normalization/">Keras: Normalization</a>
 */
public final class Normalization extends FluentLayer<Normalization> {
    private final int[] axis;
    private boolean invert;
    private JsonNode givenMean = Json.object().nullNode();
    private JsonNode givenVariance = Json.object().nullNode();
    private @Nullable Variable mean;
    private @Nullable Variable variance;

    /** Each place on the last axis has its own mean and variance. */
    public Normalization() {
        this(-1);
    }

    /**
     * Each place on some axes has its own mean and variance.
     *
     * @param axis negative counts from the last one; none for one mean and variance for all elements
     */
    public Normalization(int... axis) {
        this.axis = axis.clone();
    }

    static Normalization from(ObjectNode config) {
        boolean none = config.has("axis") && config.get("axis").isNull();
        int[] axes = Json.integers(config, "axis").stream().mapToInt(i -> i).toArray();
        Normalization layer = new Normalization(config.has("axis") || none ? axes : new int[] {-1});
        layer.configure(config);
        layer.givenMean = config.path("mean").isMissingNode() ? layer.givenMean : config.get("mean");
        layer.givenVariance = config.path("variance").isMissingNode() ? layer.givenVariance : config.get("variance");
        layer.requireBoth();
        return layer.invert(Json.bool(config, "invert", false));
    }

    /** Gives one mean and variance for all places. */
    public Normalization meanAndVariance(double mean, double variance) {
        givenMean = DoubleNode.valueOf(mean);
        givenVariance = DoubleNode.valueOf(variance);
        return this;
    }

    /** Gives the mean and variance of each place on the axis that is kept. */
    public Normalization meanAndVariance(double[] means, double[] variances) {
        givenMean = list(means);
        givenVariance = list(variances);
        requireBoth();
        return this;
    }

    /** Whether to go from normalized features back to the original ones; false by default. */
    public Normalization invert(boolean back) {
        invert = back;
        return this;
    }

    private void requireBoth() {
        if (givenMean.isNull() != givenVariance.isNull() || givenMean.size() != givenVariance.size()) {
            throw new IllegalArgumentException(who() + ": a mean and a variance of the same shape are required. Received: mean="
                    + givenMean + ", variance=" + givenVariance + ".");
        }
    }

    private static ArrayNode list(double[] numbers) {
        ArrayNode list = Json.object().arrayNode();
        Arrays.stream(numbers).forEach(list::add);
        return list;
    }

    private boolean isGiven() {
        return !givenMean.isNull();
    }

    private int[] kept(int rank) {
        for (int each : axis) {
            if (each < -rank || each >= rank) {
                throw new IllegalArgumentException(who() + ": axes from " + -rank + " to " + (rank - 1) + " are required."
                        + " Received: " + Arrays.toString(axis) + " for an input of rank " + rank + ".");
            }
        }
        return Arrays.stream(axis).map(each -> each < 0 ? each + rank : each).sorted().toArray();
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        Arrays.stream(axis).forEach(each -> InputRules.axis(this, inputs.get(0), each));
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        Shape input = inputShapes.get(0);
        List<Long> lengths = new ArrayList<>();
        for (int each : kept(input.rank())) {
            lengths.add(Weights.knownLength(this, input, each));
        }
        if (!isGiven()) {
            mean = addWeight(new WeightSpec("mean", Shape.of(lengths), Initializers.get("zeros")).frozen());
            variance = addWeight(new WeightSpec("variance", Shape.of(lengths), Initializers.get("ones")).frozen());
            addWeight(new WeightSpec("count", Shape.of(), Initializers.get("zeros")).dtype(DType.INT32).frozen());
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor x = Ops.cast(input, computeDType());
        Tensor center = aligned(isGiven() ? given(givenMean) : value(mean), x.shape());
        Tensor spread = aligned(isGiven() ? given(givenVariance) : value(variance), x.shape());
        Tensor deviation = Ops.maximum(Ops.sqrt(spread), Configuration.epsilon());
        return invert ? Ops.add(center, Ops.multiply(x, deviation)) : Ops.divide(Ops.subtract(x, center), deviation);
    }

    /** Statistics along the axes that are kept, brought to where those axes are. */
    private Tensor aligned(Tensor statistics, Shape input) {
        if (statistics.rank() == 0) {
            return statistics;
        }
        long[] dims = new long[input.rank()];
        Arrays.fill(dims, 1);
        int[] kept = kept(input.rank());
        for (int i = 1; i <= statistics.rank(); i++) {
            dims[kept[kept.length - i]] = statistics.shape().dim(-i);
        }
        return Ops.reshape(statistics, dims);
    }

    private Tensor given(JsonNode numbers) {
        List<Double> flat = new ArrayList<>();
        List<Long> shape = new ArrayList<>();
        for (JsonNode level = numbers; level.isArray(); level = level.path(0)) {
            shape.add((long) level.size());
        }
        flatten(numbers, flat);
        double[] elements = flat.stream().mapToDouble(i -> i).toArray();
        return Ops.cast(Tensor.of(elements, shape.stream().mapToLong(i -> i).toArray()), computeDType());
    }

    private static void flatten(JsonNode node, List<Double> flat) {
        if (node.isArray()) {
            node.forEach(each -> flatten(each, flat));
        } else {
            flat.add(node.asDouble());
        }
    }

    /** Sets mean and variance to those of data [samples, ...]; builds the layer for its shape if it is not. */
    public void adapt(Tensor data) {
        adapt(List.of(data));
    }

    /** Sets mean and variance to those of all batches [samples, ...] together; at least one. */
    public void adapt(Iterable<? extends Tensor> batches) {
        if (isGiven()) {
            throw new IllegalStateException(who() + ": no mean and variance given before are required to adapt. Received: both."
                    + " Leave out meanAndVariance.");
        }
        RunningMoments moments = new RunningMoments();
        for (Tensor batch : batches) {
            checkInputs(List.of(batch.type()));
            ensureBuilt(List.of(batch.type()));
            moments.add(batch, kept(batch.rank()));
        }
        if (moments.isEmpty()) {
            throw new IllegalArgumentException(who() + ": at least one batch is required to adapt. Received: none.");
        }
        assign(mean, moments.mean());
        assign(variance, moments.variance());
    }

    private static void assign(Variable variable, double[] elements) {
        try (Tensor exact = Tensor.of(elements, variable.shape().dims()); Tensor cast = Ops.cast(exact, variable.dtype())) {
            variable.assign(cast);
        }
    }

    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        return Collections.singletonList(masks.get(0));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("axis", Json.array(Arrays.stream(axis).boxed().toList()));
        config.put("invert", invert);
        config.set("mean", givenMean);
        config.set("variance", givenVariance);
        return config;
    }
}
