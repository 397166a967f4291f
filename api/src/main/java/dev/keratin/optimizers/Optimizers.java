package dev.keratin.optimizers;

import dev.keratin.config.Registry;

/** The optimizers that strings and files may name. */
public final class Optimizers {
    private static final Registry<Optimizer> REGISTRY = new Registry<Optimizer>("optimizer", "keras.optimizers")
            .register(SGD::from, "SGD", "sgd")
            .register(RMSprop::from, "RMSprop", "rmsprop")
            .register(Adam::from, "Adam", "adam")
            .register(AdamW::from, "AdamW", "adamw")
            .register(Adagrad::from, "Adagrad", "adagrad")
            .register(Adadelta::from, "Adadelta", "adadelta")
            .register(Adamax::from, "Adamax", "adamax")
            .register(Nadam::from, "Nadam", "nadam")
            .register(Ftrl::from, "Ftrl", "ftrl")
            .register(Lion::from, "Lion", "lion")
            .register(Lamb::from, "Lamb", "lamb")
            .register(Adafactor::from, "Adafactor", "adafactor")
            .register(Muon::from, "Muon", "muon")
            .register(ScheduleFreeAdamW::from, "ScheduleFreeAdamW", "schedulefreeadamw")
            .register(LossScaleOptimizer::from, "LossScaleOptimizer", "lossscaleoptimizer")
            .register(MultiOptimizer::from, "MultiOptimizer", "multioptimizer");

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
