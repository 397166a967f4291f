package dev.keratin.optimizers;

import dev.keratin.config.Registry;

/** The optimizers that strings and files may name. */
public final class Optimizers {
    private static final Registry<Optimizer> REGISTRY = new Registry<Optimizer>("optimizer", "keras.optimizers")
            .register(SGD::from, "SGD", "sgd")
            .register(RMSprop::from, "RMSprop", "rmsprop")
            .register(Adam::from, "Adam", "adam")
            .register(AdamW::from, "AdamW", "adamw");

    private Optimizers() {}

    /**
     * The optimizer of a name such as {@code "adam"}, new and with default arguments.
     *
     * @throws IllegalArgumentException if the name is unknown; near misses are named
     */
    public static Optimizer get(String name) {
        return REGISTRY.get(name);
    }

    /** The names, to which own optimizers can be added. */
    public static Registry<Optimizer> registry() {
        return REGISTRY;
    }
}
