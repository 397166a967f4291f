package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * The arguments of optimizers that keep moving means of gradients (the first moment) and of their squares (the second).
 *
 * @param <T> the class itself
 */
abstract class MomentOptimizer<T extends MomentOptimizer<T>> extends BaseOptimizer<T> {
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-7;

    MomentOptimizer(double learningRate) {
        super(learningRate);
    }

    MomentOptimizer(LearningRateSchedule schedule) {
        super(schedule);
    }

    /** The share of the old first moment that is kept. Default: 0.9. */
    public T beta1(double newBeta1) {
        beta1 = newBeta1;
        return self();
    }

    /** The share of the old second moment that is kept. Default: 0.999. */
    public T beta2(double newBeta2) {
        beta2 = newBeta2;
        return self();
    }

    /** Keeps the division finite; beside a square root, not under it. Default: 1e-7, of ScheduleFreeAdamW 1e-8. */
    public T epsilon(double newEpsilon) {
        epsilon = newEpsilon;
        return self();
    }

    double beta1() {
        return beta1;
    }

    double beta2() {
        return beta2;
    }

    double epsilon() {
        return epsilon;
    }

    @Override
    protected T configure(ObjectNode config) {
        beta1 = Json.number(config, "beta_1", beta1);
        beta2 = Json.number(config, "beta_2", beta2);
        epsilon = Json.number(config, "epsilon", epsilon);
        return super.configure(config);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("beta_1", beta1).put("beta_2", beta2).put("epsilon", epsilon);
    }
}
