package dev.keratin.bench;

import dev.keratin.backend.cuda.Launches;
import java.util.Locale;

/** {@code ./keratin bench --launches}: what tells a slower program on a GPU without one. */
final class GpuLaunches {
    private GpuLaunches() {}

    /** What a step asks of a GPU; the policy of the layers is already set. */
    static Launches of(Workload workload) {
        try (Workload.Run run = workload.prepare()) {
            return Launches.of(run.program().program());
        }
    }

    /** The same with a guess of the time. */
    static String line(Workload workload, String policy) {
        Launches launches = of(workload);
        Launches.Model model = launches.model();
        return String.format(Locale.ROOT, "%s %s %s; guessed us: launches %.0f + kernels %.0f + libraries %.0f = %.0f", workload.name(), policy,
                launches, model.launches(), model.kernels(), model.libraries(), model.sum());
    }
}
