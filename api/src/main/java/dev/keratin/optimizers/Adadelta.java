package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * Gradient descent whose step sizes come from the ratio of past changes to past gradients.
 *
 * <pre>{@code
 * a = rho * a + (1 - rho) * g^2
 * d = -g * sqrt(b + epsilon) / sqrt(a + epsilon)
 * b = rho * b + (1 - rho) * d^2
 * w = w + rate * d                                as published: rate 1
 * }</pre>
 *
 * @see <a href="https://keras.io/api/optimizers/adadelta/">Keras: Adadelta</a>
 * @see <a href="https://arxiv.org/abs/1212.5701">Zeiler, 2012</a>
 */
public final class Adadelta extends BaseOptimizer<Adadelta> {
    private static final String GRADIENTS = "accumulated_grad";
    private static final String CHANGES = "accumulated_delta_var";

    private double rho = 0.95;
    private double epsilon = 1e-7;

    /** With a learning rate of 0.001. */
    public Adadelta() {
        this(0.001);
    }

    /** With a learning rate. */
    public Adadelta(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Adadelta(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Adadelta from(ObjectNode config) {
        return new Adadelta().configure(config);
    }

    /** The share of the old averages that is kept. Default: 0.95. */
    public Adadelta rho(double newRho) {
        rho = newRho;
        return this;
    }

    /** Keeps the division finite; under the square root. Default: 1e-7. */
    public Adadelta epsilon(double newEpsilon) {
        epsilon = newEpsilon;
        return this;
    }

    @Override
    protected Adadelta configure(ObjectNode config) {
        rho = Json.number(config, "rho", rho);
        epsilon = Json.number(config, "epsilon", epsilon);
        return super.configure(config);
    }

    @Override
    protected void addSlots(Slots slots) {
        slots.add(GRADIENTS, CHANGES);
    }

    @Override
    protected Tensor update(Update u) {
        Tensor g = u.gradient();
        Tensor gradients = u.set(GRADIENTS, mean(u.slot(GRADIENTS), Ops.square(g)));
        Tensor change = Ops.negative(Ops.divide(Ops.multiply(root(u.slot(CHANGES)), g), root(gradients)));
        u.set(CHANGES, mean(u.slot(CHANGES), Ops.square(change)));
        return Ops.add(u.value(), Ops.multiply(u.learningRate(), change));
    }

    private Tensor mean(Tensor old, Tensor next) {
        return Ops.add(Ops.multiply(rho, old), Ops.multiply(1 - rho, next));
    }

    private Tensor root(Tensor x) {
        return Ops.sqrt(Ops.add(x, epsilon));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("rho", rho).put("epsilon", epsilon);
    }
}
