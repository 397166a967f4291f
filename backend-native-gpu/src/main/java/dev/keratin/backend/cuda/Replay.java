package dev.keratin.backend.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a plan again and again. A run with addresses that were met before records its steps, those between two that wait
 * together, and from then on the recorded work is replayed: one call for all of it. What ran once is never recorded, so
 * plans that run only once cost nothing more. Only so many sets of addresses are kept; one that has not been used for long
 * makes place for another, but sets that take turns don't drive each other out.
 */
final class Replay implements AutoCloseable {
    /** Sets of addresses that are kept: batches on their way, and a few results. */
    static final int MOST = 16;
    /** Runs after which a set of addresses that was not met again is not expected any more. */
    private static final long PATIENCE = 4 * MOST;
    /** In place of a graph: this can't be recorded. */
    private static final long REFUSED = -1;
    /** Steps that are worth recording. */
    private static final int FEWEST_STEPS = 2;

    private final Plan plan;
    private final GpuDriver driver;
    private final List<Segment> segments;
    private final Map<Addresses, Recording> recorded = new LinkedHashMap<>(MOST, 0.75f, true);
    private final Addresses asked;
    private long runs;

    /** Steps that are run as one: all of them recorded, or a single one that waits. */
    private record Segment(int from, int to, boolean recordable, String line) {}

    /** The graphs of all segments for one set of addresses, 0 for those that there are none of yet. */
    private static final class Recording {
        private final long[] graphs;
        private long lastRun;

        Recording(int segments, long run) {
            this.graphs = new long[segments];
            this.lastRun = run;
        }
    }

    /** Bases as a key. */
    private static final class Addresses {
        private final long[] bases;

        Addresses(long[] bases) {
            this.bases = bases;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Addresses addresses && Arrays.equals(bases, addresses.bases);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bases);
        }
    }

    /**
     * For runs in one frame.
     *
     * @param frame whose bases the caller sets before each run
     */
    Replay(Plan plan, Frame frame) {
        this.plan = plan;
        this.driver = frame.driver();
        this.segments = segments(plan);
        this.asked = new Addresses(frame.bases());
    }

    /** How many graphs the steps of a plan become. */
    static int graphs(Plan plan) {
        return (int) segments(plan).stream().filter(Segment::recordable).count();
    }

    private static List<Segment> segments(Plan plan) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < plan.steps().size(); i++) {
            if (plan.steps().get(i).step().waits()) {
                addRecordable(plan, from, i, segments);
                segments.add(new Segment(i, i + 1, false, plan.steps().get(i).line()));
                from = i + 1;
            }
        }
        addRecordable(plan, from, plan.steps().size(), segments);
        return segments;
    }

    private static void addRecordable(Plan plan, int from, int to, List<Segment> segments) {
        if (to > from) {
            segments.add(new Segment(from, to, to - from >= FEWEST_STEPS,
                    "the " + (to - from) + " steps from " + plan.steps().get(from).line() + " to " + plan.steps().get(to - 1).line()));
        }
    }

    /** Runs the plan, from what was recorded where it can. */
    void run(Frame frame) {
        runs++;
        Recording recording = recorded.get(asked);
        if (recording == null) {
            remember(frame);
            plan.run(frame);
            return;
        }
        recording.lastRun = runs;
        for (int i = 0; i < recording.graphs.length; i++) {
            run(frame, segments.get(i), recording.graphs, i);
        }
    }

    /** Runs the plan step by step. */
    void runSteps(Frame frame) {
        plan.run(frame);
    }

    private void run(Frame frame, Segment segment, long[] graphs, int index) {
        if (graphs[index] == 0 && segment.recordable()) {
            long graph = driver.capture(() -> plan.run(frame, segment.from(), segment.to()));
            graphs[index] = graph == 0 ? REFUSED : graph;
        }
        if (graphs[index] <= 0) {
            plan.run(frame, segment.from(), segment.to());
        } else {
            driver.mark(segment.line());
            driver.replay(graphs[index]);
        }
    }

    private void remember(Frame frame) {
        if (recorded.size() == MOST) {
            Iterator<Recording> oldest = recorded.values().iterator();
            Recording candidate = oldest.next();
            if (runs - candidate.lastRun < PATIENCE) {
                return;
            }
            oldest.remove();
            release(candidate);
        }
        recorded.put(new Addresses(frame.bases().clone()), new Recording(segments.size(), runs));
    }

    private void release(Recording recording) {
        for (long graph : recording.graphs) {
            if (graph > 0) {
                driver.release(graph);
            }
        }
    }

    @Override
    public void close() {
        recorded.values().forEach(this::release);
        recorded.clear();
    }
}
