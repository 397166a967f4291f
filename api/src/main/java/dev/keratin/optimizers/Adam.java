package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * Gradient descent with moving means of gradients and of their squares.
 *
 * <pre>{@code
 * m = m + (g - m) * (1 - beta1)
 * v = v + (g^2 - v) * (1 - beta2)
 * w = w - m * rate * sqrt(1 - beta2^t) / (1 - beta1^t) / (sqrt(v) + epsilon)          t = 1 in the first step
 * }</pre>
 *
 * <p>With {@code amsgrad} the largest {@code v} so far takes its place in the last line.
 *
 * @see <a href="https://keras.io/api/optimizers/adam/">Keras: Adam</a>
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2014</a>
 */
public final class Adam extends AdamFamily<Adam> {
    /** With a learning rate of 0.001. */
    public Adam() {
        this(0.001);
    }

    /** With a learning rate. */
    public Adam(double learningRate) {
        super(learningRate);
    }

    /** With a learning rate that follows a schedule. */
    public Adam(LearningRateSchedule schedule) {
        super(schedule);
    }

    static Adam from(ObjectNode config) {
        return new Adam().configure(config);
    }
}
