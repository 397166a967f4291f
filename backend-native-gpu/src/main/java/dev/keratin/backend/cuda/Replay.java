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
 * plans that run only once cost nothing more. Of several sets of addresses the ones used last are kept.
 */
final class Replay implements AutoCloseable {
    /** Sets of addresses that are kept: batches on their way, and a few results. */
    private static final int MOST = 8;
    /** Steps that are worth recording. */
    private static final int FEWEST_STEPS = 2;

    private final Plan plan;
    private final GpuDriver driver;
    private final List<Segment> segments;
    private final Map<Addresses, long[]> recorded = new LinkedHashMap<>(MOST, 0.75f, true);
    private final Addresses asked;

    /** Steps that are run as one: all of them recorded, or a single one that waits. */
    private record Segment(int from, int to, boolean recordable, String line) {}

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

    private static List<Segment> segments(Plan plan) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < plan.steps().size(); i++) {
            if (plan.steps().get(i).waits()) {
                addRecordable(plan, from, i, segments);
                segments.add(new Segment(i, i + 1, false, plan.lines().get(i)));
                from = i + 1;
            }
        }
        addRecordable(plan, from, plan.steps().size(), segments);
        return segments;
    }

    private static void addRecordable(Plan plan, int from, int to, List<Segment> segments) {
        if (to > from) {
            segments.add(new Segment(from, to, to - from >= FEWEST_STEPS,
                    "the " + (to - from) + " steps from " + plan.lines().get(from) + " to " + plan.lines().get(to - 1)));
        }
    }

    /** Runs the plan, from what was recorded where it can. */
    void run(Frame frame) {
        long[] graphs = recorded.get(asked);
        if (graphs == null) {
            remember(frame);
            plan.run(frame);
            return;
        }
        for (int i = 0; i < graphs.length; i++) {
            run(frame, segments.get(i), graphs, i);
        }
    }

    /** Runs the plan step by step. */
    void runSteps(Frame frame) {
        plan.run(frame);
    }

    private void run(Frame frame, Segment segment, long[] graphs, int index) {
        if (graphs[index] == 0 && segment.recordable()) {
            graphs[index] = driver.capture(() -> plan.run(frame, segment.from(), segment.to()));
        }
        if (graphs[index] == 0) {
            plan.run(frame, segment.from(), segment.to());
        } else {
            driver.mark(segment.line());
            driver.replay(graphs[index]);
        }
    }

    private void remember(Frame frame) {
        recorded.put(new Addresses(frame.bases().clone()), new long[segments.size()]);
        if (recorded.size() > MOST) {
            Iterator<long[]> oldest = recorded.values().iterator();
            release(oldest.next());
            oldest.remove();
        }
    }

    private void release(long[] graphs) {
        for (long graph : graphs) {
            if (graph != 0) {
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
