package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta} along one axis, usually the channels. In training mean and
 * variance are those of the batch, and moving averages of them are kept: {@code moving * momentum + batch * (1 -
 * momentum)}. Otherwise, and while the layer is not trainable, they are the moving averages.
 *
 * <p>gamma, beta, moving mean and moving variance [channels]. With a mask [batch, steps] only the steps that count are part of
 * mean and variance.
 *
 * @see <a href="https://keras.io/api/layers/normalization_layers/batch_normalization/">Keras: BatchNormalization</a>
 */
public final class BatchNormalization extends AffineNormalization<BatchNormalization> {
    private int axis = -1;
    private double momentum = 0.99;
    private Initializer movingMeanInitializer = Initializers.get("zeros");
    private Initializer movingVarianceInitializer = Initializers.get("ones");
    private boolean synchronizedReplicas;
    private @Nullable Renorm renorm;
    private @Nullable Variable movingMean;
    private @Nullable Variable movingVariance;

    /** Along the last axis. */
    public BatchNormalization() {}

    /** The axis of the channels; the last by default. */
    public BatchNormalization axis(int channels) {
        axis = channels;
        return this;
    }

    /** How much of the moving averages stays at each step; 0.99 by default. */
    public BatchNormalization momentum(double kept) {
        momentum = kept;
        return this;
    }

    /** How the moving mean starts; {@code "zeros"} by default. */
    public BatchNormalization movingMeanInitializer(Initializer initializer) {
        movingMeanInitializer = initializer;
        return this;
    }

    /** How the moving variance starts; {@code "ones"} by default. */
    public BatchNormalization movingVarianceInitializer(Initializer initializer) {
        movingVarianceInitializer = initializer;
        return this;
    }

    /** Whether training uses batch renormalization (Ioffe, 2017), without limits to its corrections; false by default. */
    public BatchNormalization renorm(boolean renormalize) {
        renorm = renormalize ? new Renorm() : null;
        return this;
    }

    static BatchNormalization from(ObjectNode config) {
        BatchNormalization layer = new BatchNormalization();
        List<Integer> axes = Json.integers(config, "axis");
        layer.axis = axes.isEmpty() ? -1 : axes.get(0);
        layer.momentum = Json.number(config, "momentum", layer.momentum);
        layer.movingMeanInitializer = Configs.get(
                config, "moving_mean_initializer", Initializers.registry(), layer.movingMeanInitializer);
        layer.movingVarianceInitializer = Configs.get(
                config, "moving_variance_initializer", Initializers.registry(), layer.movingVarianceInitializer);
        layer.synchronizedReplicas = Json.bool(config, "synchronized", false);
        layer.renorm = Renorm.read(config);
        return layer.configureAffine(config);
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.axes(this, inputs.get(0), AxisChoice.of(axis));
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        Shape shape = Shape.of(Weights.knownLength(this, inputShapes.get(0), axis));
        addGammaAndBeta(shape, hasGamma(), hasBeta());
        movingMean = addWeight(new WeightSpec("moving_mean", shape, movingMeanInitializer).frozen());
        movingVariance = addWeight(new WeightSpec("moving_variance", shape, movingVarianceInitializer).frozen());
        if (renorm != null) {
            DType wide = variableDType() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
            Initializer root = new RootInitializer(movingVarianceInitializer);
            renorm.build(addWeight(new WeightSpec("moving_stddev", shape, root).dtype(wide).frozen()),
                    addWeight(new WeightSpec("renorm_mean", shape, movingMeanInitializer).dtype(wide).frozen()),
                    addWeight(new WeightSpec("renorm_stddev", shape, root).dtype(wide).frozen()));
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor x = widened(input);
        boolean learns = context.training() && isTrainable();
        Affine result = learns ? learn(x, context.mask())
                : new Affine(new Ops.Moments(value(movingMean, x), value(movingVariance, x)), gamma(x.dtype()), beta(x.dtype()));
        Tensor normalized = Ops.batchNormalization(x, result.moments().mean(), result.moments().variance(), axis,
                result.offset(), result.factor(), epsilon());
        return Ops.cast(normalized, computeDType());
    }

    /** What the input is transformed with. */
    record Affine(Ops.Moments moments, @Nullable Tensor factor, @Nullable Tensor offset) {}

    private Affine learn(Tensor x, @Nullable Tensor mask) {
        Ops.Moments batch = mask == null ? Ops.moments(x, reducedAxes(x), false) : masked(x, mask);
        Affine plain = new Affine(batch, gamma(x.dtype()), beta(x.dtype()));
        average(movingMean, batch.mean(), momentum);
        if (renorm == null) {
            average(movingVariance, batch.variance(), momentum);
            return plain;
        }
        Affine corrected = renorm.correct(plain, epsilon());
        Tensor deviation = renorm.update(batch, epsilon(), momentum);
        Tensor variance = Ops.relu(Ops.subtract(Ops.square(deviation), epsilon()));
        movingVariance.assign(Ops.cast(variance, movingVariance.dtype()));
        return corrected;
    }

    /** Moves an average towards a value and gives the new average. */
    static Tensor average(Variable average, Tensor value, double momentum) {
        Tensor moved = Ops.add(Ops.multiply(average.value(), momentum),
                Ops.multiply(Ops.cast(value, average.dtype()), 1 - momentum));
        average.assign(moved);
        return moved;
    }

    private Ops.Moments masked(Tensor x, Tensor mask) {
        if (mask.rank() != x.rank() - 1) {
            throw new IllegalArgumentException(who() + ": a mask with one axis less than the input is required. Received: mask="
                    + mask.type() + ", input=" + x.type() + ". Give the mask the input's shape without the last axis.");
        }
        int[] axes = reducedAxes(x);
        Tensor counts = Ops.broadcastTo(Ops.expandDims(Ops.cast(mask, DType.BOOL), -1), x.shape());
        Tensor weights = Ops.add(Ops.sum(Ops.cast(counts, x.dtype()), axes, true), Configuration.epsilon());
        Tensor mean = Ops.divide(Ops.sum(Ops.where(counts, x, 0), axes, true), weights);
        Tensor distance = Ops.where(counts, Ops.subtract(x, mean), 0);
        Tensor variance = Ops.divide(Ops.sum(Ops.square(distance), axes, true), weights);
        return new Ops.Moments(Ops.reshape(mean, -1), Ops.reshape(variance, -1));
    }

    private int[] reducedAxes(Tensor x) {
        int kept = x.shape().normalizeAxis(axis);
        return IntStream.range(0, x.rank()).filter(each -> each != kept).toArray();
    }

    private static Tensor value(Variable variable, Tensor like) {
        return Ops.cast(variable.value(), like.dtype());
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("axis", axis).put("momentum", momentum);
        config.set("moving_mean_initializer", Initializers.registry().serialize(movingMeanInitializer));
        config.set("moving_variance_initializer", Initializers.registry().serialize(movingVarianceInitializer));
        return Renorm.write(config.put("synchronized", synchronizedReplicas), renorm);
    }
}
