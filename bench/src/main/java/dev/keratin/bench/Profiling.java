package dev.keratin.bench;

import dev.keratin.profile.Profile;
import java.nio.file.Path;

/** {@code ./keratin bench --profile FILE}: measures the ops of a workload's steps. */
final class Profiling {
    private static final int FIRST_STEPS = 3;

    private Profiling() {}

    /** Runs steps for some seconds, at least one, after some that are not measured; the ops by time. */
    static String of(Workload.Run run, double seconds, Path file) {
        for (int i = 0; i < FIRST_STEPS; i++) {
            run.step();
        }
        try (Profile profile = Profile.start(file)) {
            long end = System.nanoTime() + (long) (seconds * 1e9);
            do {
                run.step();
            } while (System.nanoTime() < end);
            return profile.table();
        }
    }
}
