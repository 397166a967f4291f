package dev.keratin.bench;

import dev.keratin.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times the steps of a workload: the median after warm-up. */
final class Timing {
    private static final int FIRST_STEPS = 3;
    private static final int GROUP = 10;
    private static final double SHORT_STEP = 0.05;

    private final double seconds;

    Timing(double seconds) {
        this.seconds = seconds;
    }

    String line(Workload workload, Workload.Run run) {
        double milliseconds = median(workload, run) * 1e3;
        return String.format(Locale.ROOT, "keratin-%s %s %.1f samples/s %.3f ms/step", Backends.current().name(),
                workload.name(), workload.batch() / milliseconds * 1e3, milliseconds);
    }

    /** Seconds for one step; short ones of training are timed ten at a time. */
    double median(Workload workload, Workload.Run run) {
        for (int i = 0; i < FIRST_STEPS; i++) {
            run.step();
        }
        long warm = System.nanoTime();
        while (since(warm) < seconds / 4) {
            run.step();
        }
        List<Double> times = new ArrayList<>();
        long start = System.nanoTime();
        while (since(start) < seconds || times.size() < FIRST_STEPS) {
            int group = workload.trains() && !times.isEmpty() && times.get(times.size() - 1) < SHORT_STEP ? GROUP : 1;
            long begun = System.nanoTime();
            for (int i = 0; i < group; i++) {
                run.step();
            }
            times.add(since(begun) / group);
        }
        times.sort(null);
        return times.get(times.size() / 2);
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
