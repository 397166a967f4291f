package dev.keratin.backend.cuda;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step while a program is lowered.
 *
 * @param task what is done
 * @param role what it is for
 * @param touched the memory that it works on; null if nothing may be moved past it
 * @param cost what it takes
 */
record Work(Task task, Role role, @Nullable Touched touched, Cost cost) {
    /** The kind of what the host does. */
    static final String HOST = "host";
    static final String COPY = "copy";

    /**
     * What is done.
     *
     * @param kind what does it: the family of a kernel, a library, or a word
     * @param line for messages
     * @param step null for a launch
     * @param launch a kernel that is still to be compiled; null for anything else
     */
    record Task(String kind, String line, @Nullable Step step, @Nullable Launch launch) {}

    /** Whether a step has to stay where it is. */
    enum Role {
        /** It may be moved past others that don't touch what it does. */
        FREE,
        /** It uses memory that is free for it there and then only. */
        FIXED,
        /** It only checks indices. */
        CHECK
    }

    /**
     * What a step takes.
     *
     * @param bytes read and written at least
     * @param flops arithmetic operations
     */
    record Cost(long bytes, long flops) {
        static final Cost NONE = new Cost(0, 0);
    }

    /** A step that is no launch. */
    static Work of(String kind, String line, Step step) {
        return new Work(new Task(kind, line, step, null), Role.FIXED, null, Cost.NONE);
    }

    static Work of(Launch launch) {
        return new Work(new Task(launch.family(), launch.what(), null, launch), Role.FIXED, null, Cost.NONE);
    }

    @Nullable Launch launch() {
        return task.launch();
    }

    /** Whether the host waits in it. */
    boolean waits() {
        return task.step() != null && task.step().waits();
    }

    /** One launch of all of some launches. */
    static Work merged(List<Work> works) {
        Launch launch = LaunchGroup.of(works.stream().map(work -> Objects.requireNonNull(work.launch())).toList());
        long bytes = works.stream().mapToLong(work -> work.cost().bytes()).sum();
        long flops = works.stream().mapToLong(work -> work.cost().flops()).sum();
        return new Work(new Task(launch.family(), launch.what(), null, launch), Role.FIXED, null, new Cost(bytes, flops));
    }
}
