package dev.keratin.models.training;

import dev.keratin.models.callbacks.Callback;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keras's progress bar, to the letter: one line that is drawn again as steps pass, or one line at the end of each epoch.
 * An epoch that was stopped shows how far it came.
 *
 * @see <a href="https://keras.io/api/utils/python_utils/#progbar-class">Keras: Progbar</a>
 */
final class ProgressBar extends Callback {
    private static final int WIDTH = 20;
    private static final double REDRAW_SECONDS = 0.05;
    private static final double NANOS = 1e9;
    private static final String BOLD = "\033[1m";
    private static final String GREEN = "\033[32m";
    private static final String WHITE = "\033[37m";
    private static final String PLAIN = "\033[0m";

    /** Where it is written, how, and by which clock: nanoseconds from any moment. */
    record Display(PrintStream out, boolean animated, LongSupplier clock) {
        double seconds() {
            return clock.getAsLong() / NANOS;
        }
    }

    private final Display display;
    private final int epochs;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private long steps;
    private boolean validating;
    private double started;
    private double afterFirstStep;
    private double drawn;
    private int drawnWidth;
    private int seen;

    /**
     * A bar.
     *
     * @param epochs 0 for evaluate and predict
     * @param steps per epoch; not positive if unknown
     */
    ProgressBar(Display display, int epochs, long steps) {
        this.display = display;
        this.epochs = epochs;
        this.steps = steps;
    }

    /** Whether standard output is a terminal. */
    static boolean isTerminal() {
        return System.console() != null && System.getenv("TERM") != null && !"dumb".equals(System.getenv("TERM"));
    }

    @Override
    public void onEpochBegin(int epoch) {
        begin();
        if (epochs > 1) {
            write("Epoch " + (epoch + 1) + "/" + epochs + "\n");
        }
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        step(batch, logs);
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        finish(logs);
    }

    @Override
    public void onTestBegin() {
        validating = epochs > 0;
        if (!validating) {
            begin();
        }
    }

    @Override
    public void onTestBatchEnd(int batch, Map<String, Double> logs) {
        if (!validating) {
            step(batch, logs);
        }
    }

    @Override
    public void onTestEnd(Map<String, Double> logs) {
        if (!validating) {
            finish(logs);
        }
        validating = false;
    }

    @Override
    public void onPredictBegin() {
        begin();
    }

    @Override
    public void onPredictBatchEnd(int batch) {
        step(batch, Map.of());
    }

    @Override
    public void onPredictEnd() {
        finish(Map.of());
    }

    private void begin() {
        started = display.seconds();
        drawn = Double.NEGATIVE_INFINITY;
        drawnWidth = 0;
        seen = 0;
        values.clear();
    }

    private void step(int batch, Map<String, Double> logs) {
        seen = batch + 1;
        double now = display.seconds();
        if (seen == 1) {
            afterFirstStep = now;
        }
        if (!display.animated()) {
            return;
        }
        values.putAll(logs);
        if (now - drawn >= REDRAW_SECONDS) {
            drawn = now;
            double perStep = perStep(now);
            draw(steps > 0 ? ProgressText.remaining(perStep * (steps - seen)) : ProgressText.elapsed(now - started), perStep, "");
        }
    }

    private void finish(Map<String, Double> logs) {
        if (steps <= 0) {
            steps = seen;
        }
        values.putAll(logs);
        double now = display.seconds();
        String elapsed = ProgressText.elapsed(now - started);
        if (display.animated()) {
            draw(elapsed, perStep(now), "\n");
        } else {
            write(ProgressText.counter(seen, steps) + " - " + elapsed + " - " + ProgressText.perStep(perStep(now))
                    + ProgressText.metrics(values, true) + "\n");
        }
    }

    /** Seconds per step; an animated bar leaves the first one out, which compiles, when there are more. */
    private double perStep(double now) {
        if (!display.animated()) {
            return seen > 0 ? (now - started) / seen : 0;
        }
        return seen > 1 ? (now - afterFirstStep) / (seen - 1) : seen == 1 ? now - started : 0;
    }

    private void draw(String time, double perStep, String end) {
        String counter = steps > 0 ? ProgressText.counter(seen, steps) : String.format("%7d/Unknown", seen);
        String info = ProgressText.perStep(perStep) + ProgressText.metrics(values, false);
        int width = counter.length() + (steps > 0 ? 1 + WIDTH : 0) + 1 + time.length() + 1 + info.length();
        write("\b".repeat(drawnWidth) + "\r" + (steps > 0 ? BOLD + counter + PLAIN + " " + bar() : counter) + " " + BOLD + time
                + PLAIN + " " + info + " ".repeat(Math.max(0, drawnWidth - width)) + end);
        drawnWidth = width;
    }

    private String bar() {
        int done = (int) (WIDTH * ((double) seen / steps));
        return (done > 0 ? GREEN + "━".repeat(done) + PLAIN : "") + WHITE + "━".repeat(WIDTH - done) + PLAIN;
    }

    private void write(String text) {
        display.out().print(text);
        display.out().flush();
    }
}
