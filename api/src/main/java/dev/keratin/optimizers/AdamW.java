package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.optimizers.schedules.LearningRateSchedule;

/**
 * {@link Adam} with weight decay: 0.004 unless set.
 *
 * @see <a href="https://keras.io/api/optimizers/adamw/">Keras: AdamW</a>
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, 2017</a>
 */
public final class AdamW extends AdamFamily<AdamW> {
    private static final double WEIGHT_DECAY = 0.004;

    /** With a learning rate of 0.001. */
    public AdamW() {
        this(0.001);
    }

    /** With a learning rate. */
    public AdamW(double learningRate) {
        super(learningRate);
        weightDecay(WEIGHT_DECAY);
    }

    /** With a learning rate that follows a schedule. */
    public AdamW(LearningRateSchedule schedule) {
        super(schedule);
        weightDecay(WEIGHT_DECAY);
    }

    static AdamW from(ObjectNode config) {
        if (config.has("weight_decay") && config.get("weight_decay").isNull()) {
            throw new IllegalArgumentException(
                    "AdamW: a number as weight_decay is required. Received: null. Use Adam for none.");
        }
        return new AdamW().configure(config);
    }
}
