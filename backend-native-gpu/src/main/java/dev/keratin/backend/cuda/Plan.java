package dev.keratin.backend.cuda;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A program made of steps.
 *
 * @param memoryBytes what values and scratch take
 * @param checking which steps only check indices
 * @param bounds tells whether these steps are needed
 */
record Plan(List<Step> steps, List<String> lines, long memoryBytes, int parameters, int results, BitSet checking, IndexBounds bounds) {
    /** The same without checks of indices. */
    Plan unchecked() {
        int[] kept = IntStream.range(0, steps.size()).filter(i -> !checking.get(i)).toArray();
        return new Plan(Arrays.stream(kept).mapToObj(steps::get).toList(), Arrays.stream(kept).mapToObj(lines::get).toList(),
                memoryBytes, parameters, results, new BitSet(), bounds);
    }

    /** Bases for a run; the caller sets all but the first. */
    long[] bases() {
        return new long[Slot.FIRST_PARAMETER + parameters + results];
    }

    /** Whether no step waits, so that all work can be captured in a graph. */
    boolean onDevice() {
        return steps.stream().noneMatch(Step::waits);
    }

    void run(Frame frame) {
        run(frame, 0, steps.size());
    }

    /** Runs the steps from {@code from} up to but not including {@code to}. */
    void run(Frame frame, int from, int to) {
        for (int i = from; i < to; i++) {
            frame.driver().mark(lines.get(i));
            steps.get(i).run(frame);
        }
    }
}
