package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.losses.Losses;

/** The mean of {@code log(cosh(error))}. */
public final class LogCoshError extends MeanOf<LogCoshError> {
    /** Named {@code "logcosh"}. */
    public LogCoshError() {
        super("logcosh", Direction.DOWN);
    }

    static LogCoshError from(JsonNode config) {
        return new LogCoshError().configure(config);
    }

    @Override
    LogCoshError self() {
        return this;
    }

    @Override
    Tensor values(Tensor yTrue, Tensor yPred) {
        return Losses.logCosh(yTrue, yPred);
    }
}
