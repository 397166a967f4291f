package dev.keratin.optimizers.schedules;

import dev.keratin.config.Registry;

/** The learning-rate schedules that strings and files may name. */
public final class LearningRateSchedules {
    private static final Registry<LearningRateSchedule> REGISTRY =
            new Registry<LearningRateSchedule>("learning-rate schedule", "keras.optimizers.schedules")
                    .register(ExponentialDecay::from, "ExponentialDecay")
                    .register(PiecewiseConstantDecay::from, "PiecewiseConstantDecay")
                    .register(PolynomialDecay::from, "PolynomialDecay")
                    .register(InverseTimeDecay::from, "InverseTimeDecay")
                    .register(CosineDecay::from, "CosineDecay")
                    .register(CosineDecayRestarts::from, "CosineDecayRestarts");

    private LearningRateSchedules() {}

    /** The names, to which own schedules can be added. */
    public static Registry<LearningRateSchedule> registry() {
        return REGISTRY;
    }
}
