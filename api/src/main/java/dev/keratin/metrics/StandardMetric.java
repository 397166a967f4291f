package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the metrics of Keras have in common: arguments that are set one by one.
 *
 * @param <T> the class itself
 */
abstract class StandardMetric<T extends StandardMetric<T>> extends Metric {
    private static final Set<String> DTYPES = Arrays.stream(DType.values()).map(DType::toString)
            .collect(Collectors.toUnmodifiableSet());

    StandardMetric(String name) {
        super(name);
    }

    abstract T self();

    /** Sets what it is called in logs. */
    public final T name(String name) {
        rename(name);
        return self();
    }

    /** Sets what it is computed in; floatx unless set. To be called before first use. */
    public final T dtype(String dtype) {
        setDtype(DType.of(dtype));
        return self();
    }

    /** Takes name and type from a configuration; the type may be a policy, as some files have it. */
    final T configure(JsonNode config) {
        rename(Json.text(config, "name", name()));
        JsonNode dtype = config.path("dtype");
        String text = dtype.isObject() ? dtype.path("config").path("name").asText() : dtype.asText("");
        return DTYPES.contains(text) ? dtype(text) : self();
    }
}
