package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** Half the squared error up to {@code delta}, linear above: the mean along the last axis. */
public final class Huber extends StandardLoss<Huber> {
    private double delta = 1.0;

    /** With the defaults. */
    public Huber() {
        super("huber_loss");
    }

    /** Linear from the given error on. */
    public Huber(double delta) {
        this();
        this.delta = delta;
    }

    static Huber from(ObjectNode config) {
        return new Huber(Json.number(config, "delta", 1.0)).configure(config);
    }

    /** Sets the error from which on it is linear; 1 unless set. */
    public Huber delta(double delta) {
        this.delta = delta;
        return this;
    }


    @Override
    Huber self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.huber(yTrue, yPred, delta);
    }

    /** As Keras writes it, and {@code delta} where it isn't the default: Keras reads it but leaves it out when it saves. */
    @Override
    public ObjectNode config() {
        return delta == 1.0 ? super.config() : super.config().put("delta", delta);
    }
}
