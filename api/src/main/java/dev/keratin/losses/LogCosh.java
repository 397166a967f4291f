package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;

/** The mean of {@code log(cosh(error))} along the last axis: quadratic for small errors, linear for large ones. */
public final class LogCosh extends StandardLoss<LogCosh> {
    /** With the default reduction. */
    public LogCosh() {
        super("log_cosh");
    }

    static LogCosh from(ObjectNode config) {
        return new LogCosh().configure(config);
    }

    @Override
    LogCosh self() {
        return this;
    }

    @Override
    protected Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.logCosh(yTrue, yPred);
    }
}
