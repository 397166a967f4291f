package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * Gradient descent whose second moments are kept as one mean for each row and column, which takes little memory, and
 * whose steps are in proportion to the size of each variable.
 *
 * <pre>{@code
 * rate = min(rate, 1/sqrt(t))                     with relativeStep and without a schedule; t = 1 in the first step
 * s = max(epsilon2, rms(w)) * min(rate, 1/sqrt(t))
 * b = 1 - t^beta2Decay
 * r = b * r + (1 - b) * mean(g^2 + epsilon1, last axis)
 * c = b * c + (1 - b) * mean(g^2 + epsilon1, last axis but one)
 * v = r / mean(r, last axis) * c                  with less than two axes: v = b * v + (1 - b) * (g^2 + epsilon1)
 * u = g / sqrt(v)
 * w = w - s * u / max(1, rms(u) / clipThreshold)
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/adafactor/">Keras: Adafactor</a>
 * @see <a href="https://arxiv.org/abs/1804.04235">Shazeer and Stern, 2018</a>
 */
public final class Adafactor extends BaseOptimizer<Adafactor> {
    private static final String ROWS = "row";
    private static final String COLUMNS = "column";
    private static final String VELOCITY = "velocity";
    /** What Keras keeps in the place of a mean that is not used; files count on it. */
    private static final TensorType UNUSED = new TensorType(DType.INT32, Shape.scalar());

    private double beta2Decay = -0.8;
    private double epsilon1 = 1e-30;
    private double epsilon2 = 1e-3;
    private double clipThreshold = 1;
    private boolean relativeStep = true;

    /** With a learning rate of 0.001. */
    public Adafactor() {
        this(0.001);
    }

    /** With a learning rate. */
    public Adafactor(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Adafactor(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Adafactor from(ObjectNode config) {
        return new Adafactor().configure(config);
    }

    /** The power of the step in the share of the old means. Default: -0.8. */
    public Adafactor beta2Decay(double newBeta2Decay) {
        beta2Decay = newBeta2Decay;
        return this;
    }

    /** Is added to squared gradients. Default: 1e-30. */
    public Adafactor epsilon1(double newEpsilon1) {
        epsilon1 = newEpsilon1;
        return this;
    }

    /** The smallest size that is taken for a variable. Default: 0.001. */
    public Adafactor epsilon2(double newEpsilon2) {
        epsilon2 = newEpsilon2;
        return this;
    }

    /** The root mean square above which a change is scaled down. Default: 1. */
    public Adafactor clipThreshold(double newClipThreshold) {
        clipThreshold = newClipThreshold;
        return this;
    }

    /** Whether the learning rate falls with the number of steps. Default: true. */
    public Adafactor relativeStep(boolean newRelativeStep) {
        relativeStep = newRelativeStep;
        return this;
    }

    @Override
    protected Adafactor configure(ObjectNode config) {
        beta2Decay = Json.number(config, "beta_2_decay", beta2Decay);
        epsilon1 = Json.number(config, "epsilon_1", epsilon1);
        epsilon2 = Json.number(config, "epsilon_2", epsilon2);
        clipThreshold = Json.number(config, "clip_threshold", clipThreshold);
        relativeStep = Json.bool(config, "relative_step", relativeStep);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        for (Variable variable : slots.trainable()) {
            TensorType type = variable.type();
            boolean factored = type.shape().rank() >= 2;
            slots.add(variable, ROWS, factored ? type.withShape(type.shape().remove(-1)) : UNUSED);
            slots.add(variable, COLUMNS, factored ? type.withShape(type.shape().remove(-2)) : UNUSED);
            slots.add(variable, VELOCITY, 0);
        }
    }

    @Override
    protected Tensor update(Update u) {
        Tensor limit = Ops.divide(1, Ops.sqrt(u.number()));
        Tensor relative = Ops.minimum(u.learningRate(), limit);
        Tensor step = Ops.multiply(Ops.maximum(rms(u.value()), epsilon2), relative);
        Tensor change = Ops.divide(u.gradient(), Ops.sqrt(velocity(u)));
        Tensor clipped = Ops.divide(change, Ops.maximum(Ops.divide(rms(change), clipThreshold), 1));
        return Ops.subtract(u.value(), Ops.multiply(step, clipped));
    }

    private Tensor velocity(Update u) {
        Tensor share = Ops.subtract(1, Ops.power(u.number(), beta2Decay));
        Tensor squares = Ops.add(Ops.square(u.gradient()), epsilon1);
        if (u.variable().shape().rank() < 2) {
            return u.set(VELOCITY, mix(share, u.slot(VELOCITY), squares));
        }
        Tensor rows = u.set(ROWS, mix(share, u.slot(ROWS), Ops.mean(squares, -1, false)));
        Tensor columns = u.set(COLUMNS, mix(share, u.slot(COLUMNS), Ops.mean(squares, -2, false)));
        Tensor shares = Ops.expandDims(Ops.divide(rows, Ops.mean(rows, -1, true)), -1);
        return u.set(VELOCITY, Ops.multiply(shares, Ops.expandDims(columns, -2)));
    }

    private static Tensor mix(Tensor share, Tensor old, Tensor next) {
        return Ops.add(Ops.multiply(share, old), Ops.multiply(Ops.subtract(1, share), next));
    }

    private static Tensor rms(Tensor x) {
        return Ops.sqrt(Ops.mean(Ops.square(x)));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("beta_2_decay", beta2Decay).put("epsilon_1", epsilon1).put("epsilon_2", epsilon2)
                .put("clip_threshold", clipThreshold).put("relative_step", relativeStep);
    }
}
