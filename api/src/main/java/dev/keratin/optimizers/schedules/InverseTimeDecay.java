package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * A learning rate that falls as one over time: {@code initial / (1 + decayRate * step / decaySteps)}.
 *
 * <p>With {@code staircase} {@code step / decaySteps} is cut to a whole number.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/">Keras: InverseTimeDecay</a>
 */
public final class InverseTimeDecay extends StairDecay<InverseTimeDecay> {
    /**
     * Without staircase.
     *
     * @param initialLearningRate the learning rate of the first step
     * @param decaySteps the unit of time in steps; above 0
     * @param decayRate how much is added to the divisor in one unit of time
     */
    public InverseTimeDecay(double initialLearningRate, long decaySteps, double decayRate) {
        super(initialLearningRate, decaySteps, decayRate);
    }

    private InverseTimeDecay(ObjectNode config) {
        super(config);
    }

    static InverseTimeDecay from(ObjectNode config) {
        return new InverseTimeDecay(config);
    }

    @Override
    InverseTimeDecay self() {
        return this;
    }

    @Override
    Tensor decayed(double initial, double rate, Tensor times) {
        return Ops.divide(initial, Ops.add(Ops.multiply(rate, times), 1));
    }
}
