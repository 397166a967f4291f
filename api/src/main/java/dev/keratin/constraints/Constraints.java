package dev.keratin.constraints;

import dev.keratin.config.Registry;

/** The constraints that strings and files may name. */
public final class Constraints {
    private static final Registry<Constraint> REGISTRY = new Registry<Constraint>("constraint", "keras.constraints")
            .register(MaxNorm::from, "MaxNorm", "max_norm")
            .register(MinMaxNorm::from, "MinMaxNorm", "min_max_norm")
            .register(config -> new NonNeg(), "NonNeg", "non_neg")
            .register(UnitNorm::from, "UnitNorm", "unit_norm");

    private Constraints() {}

    /** The constraint of a name such as {@code "max_norm"}, with default arguments. */
    public static Constraint get(String name) {
        return REGISTRY.get(name);
    }

    /** The names, to which own constraints can be added. */
    public static Registry<Constraint> registry() {
        return REGISTRY;
    }
}
