package dev.keratin.backend.cuda;

import java.util.List;

/**
 * A program made of steps.
 *
 * @param memoryBytes what values and scratch take
 * @param bounds tells whether steps that check indices are needed
 */
record Plan(List<PlannedStep> steps, long memoryBytes, int parameters, int results, IndexBounds bounds) {
    /** The same without checks of indices. */
    Plan unchecked() {
        return new Plan(steps.stream().filter(step -> !step.checks()).toList(), memoryBytes, parameters, results, bounds);
    }

    /** What each step is, for people. */
    List<String> lines() {
        return steps.stream().map(PlannedStep::line).toList();
    }

    /** Bases for a run; the caller sets all but the first. */
    long[] bases() {
        return new long[Slot.FIRST_PARAMETER + parameters + results];
    }

    /** Whether no step waits, so that all work can be captured in a graph. */
    boolean onDevice() {
        return steps.stream().noneMatch(step -> step.step().waits());
    }

    void run(Frame frame) {
        run(frame, 0, steps.size());
    }

    /** Runs the steps from {@code from} up to but not including {@code to}. */
    void run(Frame frame, int from, int to) {
        for (int i = from; i < to; i++) {
            PlannedStep step = steps.get(i);
            frame.driver().mark(step.line());
            step.step().run(frame);
        }
    }
}
