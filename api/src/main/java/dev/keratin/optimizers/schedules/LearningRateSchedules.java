package dev.keratin.optimizers.schedules;

import dev.keratin.config.Registry;

/** The learning-rate schedules that strings and files may name. */
public final class LearningRateSchedules {
    private static final Registry<LearningRateSchedule> REGISTRY =
            new Registry<>("learning-rate schedule", "keras.optimizers.schedules");

    private LearningRateSchedules() {}

    /** The names, to which own schedules can be added. */
    public static Registry<LearningRateSchedule> registry() {
        return REGISTRY;
    }
}
