package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides the channels of each sample into groups and brings every group to mean 0 and variance 1, then {@code * gamma +
 * beta} channel by channel; gamma and beta [channels].
 *
 * @see <a href="https://keras.io/api/layers/normalization_layers/group_normalization/">Keras: GroupNormalization</a>
 */
public final class GroupNormalization extends AffineNormalization<GroupNormalization> {
    private static final int DEFAULT_GROUPS = 32;

    private int groups;
    private int axis = -1;

    /** With 32 groups. */
    public GroupNormalization() {
        this(DEFAULT_GROUPS);
    }

    /**
     * A layer with a number of groups.
     *
     * @param groups a divisor of the number of channels; -1 for one group per channel
     */
    public GroupNormalization(int groups) {
        if (groups < 1 && groups != -1) {
            throw new IllegalArgumentException("GroupNormalization: 1 or more groups, or -1, are required. Received: " + groups
                    + ". -1 stands for one group per channel.");
        }
        this.groups = groups;
    }

    /** The axis of the channels; the last by default. */
    public GroupNormalization axis(int channels) {
        axis = channels;
        return this;
    }

    static GroupNormalization from(ObjectNode config) {
        return new GroupNormalization(Json.integer(config, "groups", DEFAULT_GROUPS))
                .axis(Json.integer(config, "axis", -1)).configureAffine(config);
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.axes(this, inputs.get(0), AxisChoice.of(axis));
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        long channels = Weights.knownLength(this, inputShapes.get(0), axis);
        groups = groups == -1 ? (int) channels : groups;
        if (channels % groups != 0) {
            throw new IllegalArgumentException(who() + ": channels that are a multiple of the groups are required. Received: "
                    + inputShapes.get(0) + " with " + channels + " channels, groups=" + groups + ". Use a divisor of "
                    + channels + ", or -1.");
        }
        addGammaAndBeta(Shape.of(channels), hasGamma(), hasBeta());
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Shape shape = input.shape();
        int channels = shape.normalizeAxis(axis);
        Shape grouped = shape.with(channels, shape.dim(channels) / groups).insert(channels, groups);
        Tensor x = Ops.reshape(widened(input), grouped);
        int[] axes = IntStream.range(1, grouped.rank()).filter(each -> each != channels).toArray();
        Ops.Moments moments = Ops.moments(x, axes, true);
        Tensor factor = Ops.rsqrt(Ops.add(moments.variance(), epsilon()));
        Tensor gamma = gamma(x.dtype());
        factor = gamma == null ? factor : Ops.multiply(factor, perChannel(gamma, grouped, channels));
        Tensor offset = Ops.negative(Ops.multiply(moments.mean(), factor));
        Tensor beta = beta(x.dtype());
        offset = beta == null ? offset : Ops.add(offset, perChannel(beta, grouped, channels));
        return Ops.cast(Ops.reshape(Ops.add(Ops.multiply(x, factor), offset), shape), computeDType());
    }

    private static Tensor perChannel(Tensor values, Shape grouped, int channels) {
        long[] dims = new long[grouped.rank()];
        java.util.Arrays.fill(dims, 1);
        dims[channels] = grouped.dim(channels);
        dims[channels + 1] = grouped.dim(channels + 1);
        return Ops.reshape(values, dims);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("groups", groups).put("axis", axis);
    }
}
