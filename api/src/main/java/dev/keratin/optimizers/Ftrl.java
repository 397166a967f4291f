package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * Follow the regularised leader: made for sparse features, sets small weights to exactly 0 with an L1 strength.
 *
 * <pre>{@code
 * s = g + 2 * l2Shrinkage * w
 * n' = n + g^2                                            n = initialAccumulatorValue in the beginning
 * z = z + s - (n'^-power - n^-power) / rate * w
 * q = n'^-power / rate + 2 * (l2 + beta / (2 * rate))
 * w = (clip(z, -l1, l1) - z) / q
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/ftrl/">Keras: Ftrl</a>
 * @see <a href="https://research.google.com/pubs/archive/41159.pdf">McMahan et al., 2013</a>
 */
public final class Ftrl extends BaseOptimizer<Ftrl> {
    private static final String ACCUMULATOR = "accumulator";
    private static final String LINEAR = "linear";

    private double learningRatePower = -0.5;
    private double initialAccumulatorValue = 0.1;
    private double l1RegularizationStrength;
    private double l2RegularizationStrength;
    private double l2ShrinkageRegularizationStrength;
    private double beta;

    /** With a learning rate of 0.001. */
    public Ftrl() {
        this(0.001);
    }

    /** With a learning rate. */
    public Ftrl(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Ftrl(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Ftrl from(ObjectNode config) {
        return new Ftrl().configure(config);
    }

    /** How fast the learning rate falls; at most 0, where 0 keeps it. Default: -0.5. */
    public Ftrl learningRatePower(double newLearningRatePower) {
        requireNotNegative("-learningRatePower", -newLearningRatePower);
        learningRatePower = newLearningRatePower;
        return this;
    }

    /** What the sum of squared gradients starts with; at least 0. Default: 0.1. */
    public Ftrl initialAccumulatorValue(double newInitialAccumulatorValue) {
        requireUnbuilt("initialAccumulatorValue");
        requireNotNegative("initialAccumulatorValue", newInitialAccumulatorValue);
        initialAccumulatorValue = newInitialAccumulatorValue;
        return this;
    }

    /** The L1 penalty; at least 0. Default: 0. */
    public Ftrl l1RegularizationStrength(double newL1RegularizationStrength) {
        requireNotNegative("l1RegularizationStrength", newL1RegularizationStrength);
        l1RegularizationStrength = newL1RegularizationStrength;
        return this;
    }

    /** The L2 penalty; at least 0. Default: 0. */
    public Ftrl l2RegularizationStrength(double newL2RegularizationStrength) {
        requireNotNegative("l2RegularizationStrength", newL2RegularizationStrength);
        l2RegularizationStrength = newL2RegularizationStrength;
        return this;
    }

    /** An L2 penalty of the size of the weights that acts on the gradient; at least 0. Default: 0. */
    public Ftrl l2ShrinkageRegularizationStrength(double newL2ShrinkageRegularizationStrength) {
        requireNotNegative("l2ShrinkageRegularizationStrength", newL2ShrinkageRegularizationStrength);
        l2ShrinkageRegularizationStrength = newL2ShrinkageRegularizationStrength;
        return this;
    }

    /** The beta of the paper. Default: 0. */
    public Ftrl beta(double newBeta) {
        beta = newBeta;
        return this;
    }

    @Override
    protected Ftrl configure(ObjectNode config) {
        learningRatePower = Json.number(config, "learning_rate_power", learningRatePower);
        initialAccumulatorValue = Json.number(config, "initial_accumulator_value", initialAccumulatorValue);
        l1RegularizationStrength = Json.number(config, "l1_regularization_strength", l1RegularizationStrength);
        l2RegularizationStrength = Json.number(config, "l2_regularization_strength", l2RegularizationStrength);
        l2ShrinkageRegularizationStrength = Json.number(
                config, "l2_shrinkage_regularization_strength", l2ShrinkageRegularizationStrength);
        beta = Json.number(config, "beta", beta);
        learningRatePower(learningRatePower).initialAccumulatorValue(initialAccumulatorValue)
                .l1RegularizationStrength(l1RegularizationStrength).l2RegularizationStrength(l2RegularizationStrength)
                .l2ShrinkageRegularizationStrength(l2ShrinkageRegularizationStrength);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        for (Variable variable : slots.trainable()) {
            slots.add(variable, ACCUMULATOR, initialAccumulatorValue);
            slots.add(variable, LINEAR, 0);
        }
    }

    @Override
    protected Tensor update(Update u) {
        Tensor rate = u.learningRate();
        Tensor shrunk = Ops.add(u.gradient(), Ops.multiply(2 * l2ShrinkageRegularizationStrength, u.value()));
        Tensor old = Ops.power(u.slot(ACCUMULATOR), -learningRatePower);
        Tensor sum = u.set(ACCUMULATOR, Ops.add(u.slot(ACCUMULATOR), Ops.square(u.gradient())));
        Tensor next = Ops.power(sum, -learningRatePower);
        Tensor sigma = Ops.divide(Ops.subtract(next, old), rate);
        Tensor z = u.set(LINEAR, Ops.add(u.slot(LINEAR), Ops.subtract(shrunk, Ops.multiply(sigma, u.value()))));
        Tensor clipped = Ops.clip(z, -l1RegularizationStrength, l1RegularizationStrength);
        return Ops.divide(Ops.subtract(clipped, z), quadratic(rate, next));
    }

    private Tensor quadratic(Tensor rate, Tensor power) {
        Tensor l2 = Ops.add(Ops.divide(beta, Ops.multiply(2, rate)), l2RegularizationStrength);
        return Ops.add(Ops.divide(power, rate), Ops.multiply(2, l2));
    }

    private static void requireNotNegative(String what, double value) {
        if (value < 0) {
            throw new IllegalArgumentException("Ftrl: " + what + " of at least 0 is required. Received: " + value + ".");
        }
    }

    @Override
    public ObjectNode config() {
        return super.config().put("learning_rate_power", learningRatePower)
                .put("initial_accumulator_value", initialAccumulatorValue)
                .put("l1_regularization_strength", l1RegularizationStrength)
                .put("l2_regularization_strength", l2RegularizationStrength)
                .put("l2_shrinkage_regularization_strength", l2ShrinkageRegularizationStrength).put("beta", beta);
    }
}
