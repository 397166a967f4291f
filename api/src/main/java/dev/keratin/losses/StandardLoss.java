package dev.keratin.losses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;

/**
 * What the losses of Keras have in common: arguments that are set one by one.
 *
 * @param <T> the class itself
 */
abstract class StandardLoss<T extends StandardLoss<T>> extends Loss {
    StandardLoss(String name) {
        super(name);
    }

    abstract T self();

    /** Sets what it is called in logs. */
    public final T name(String name) {
        setName(name);
        return self();
    }

    /**
     * Sets the reduction: {@code "sum_over_batch_size"} (unless set), {@code "mean"}, {@code "mean_with_sample_weight"},
     * {@code "sum"} or {@code "none"}; see {@link Loss}.
     */
    public final T reduction(String reduction) {
        setReduction(reduction);
        return self();
    }

    /** Sets what it is computed in; floatx unless set. */
    public final T dtype(String dtype) {
        setDtype(DType.of(dtype));
        return self();
    }

    /** Takes name and reduction from a configuration; null and {@code "auto"} are what older files say. */
    final T configure(ObjectNode config) {
        setName(Json.text(config, "name", name()));
        if (config.has("reduction")) {
            String given = Json.text(config, "reduction", "none");
            setReduction(given.equals("auto") ? "sum_over_batch_size" : given);
        }
        return self();
    }
}
