package dev.keratin.optimizers.schedules;

import dev.keratin.Tensor;
import dev.keratin.config.Configurable;

/**
 * A learning rate that depends on the number of steps taken. Optimizers take one wherever they take a number.
 *
 * <p>Written with {@link dev.keratin.Ops}, so that it can be a part of a compiled step: no Java control flow over values.
 */
public interface LearningRateSchedule extends Configurable {
    /**
     * The learning rate of a step.
     *
     * @param step how many steps were taken before; a scalar of any numeric type
     * @return scalar, floatx
     */
    Tensor call(Tensor step);
}
