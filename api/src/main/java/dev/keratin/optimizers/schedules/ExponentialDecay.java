package dev.keratin.optimizers.schedules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * Multiplies the learning rate by a factor again and again: {@code initial * decayRate^(step / decaySteps)}.
 *
 * <p>With {@code staircase} the exponent is cut to a whole number.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/">Keras: ExponentialDecay</a>
 */
public final class ExponentialDecay extends StairDecay<ExponentialDecay> {
    /**
     * Without staircase.
     *
     * @param initialLearningRate the learning rate of the first step
     * @param decaySteps after how many steps it has been multiplied once; above 0
     * @param decayRate the factor
     */
    public ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate) {
        super(initialLearningRate, decaySteps, decayRate);
    }

    private ExponentialDecay(ObjectNode config) {
        super(config);
    }

    static ExponentialDecay from(ObjectNode config) {
        return new ExponentialDecay(config);
    }

    @Override
    ExponentialDecay self() {
        return this;
    }

    @Override
    Tensor decayed(double initial, double rate, Tensor times) {
        return Ops.multiply(initial, Ops.power(rate, times));
    }
}
