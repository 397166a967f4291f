package dev.keratin.regularizers;

import dev.keratin.config.Json;
import dev.keratin.config.Registry;

/** The regularizers that strings and files may name. */
public final class Regularizers {
    private static final Registry<Regularizer> REGISTRY = new Registry<Regularizer>("regularizer", "keras.regularizers")
            .register(config -> new L1(Json.number(config, "l1", 0.01)), "L1", "l1")
            .register(config -> new L2(Json.number(config, "l2", 0.01)), "L2", "l2")
            .register(config -> new L1L2(Json.number(config, "l1", 0.0), Json.number(config, "l2", 0.0)),
                    "L1L2", "l1l2", "l1_l2")
            .register(config -> new OrthogonalRegularizer(
                    Json.number(config, "factor", 0.01), Json.text(config, "mode", "rows")),
                    "OrthogonalRegularizer", "orthogonal_regularizer");

    private Regularizers() {}

    /** The regularizer of a name such as {@code "l2"}, with default arguments. */
    public static Regularizer get(String name) {
        return REGISTRY.get(name);
    }

    /** The names, to which own regularizers can be added. */
    public static Registry<Regularizer> registry() {
        return REGISTRY;
    }
}
