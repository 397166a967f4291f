package dev.keratin.models.training;

import dev.keratin.models.callbacks.Callback;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Keras's progress bar on a terminal, or one line at the end of each epoch. */
final class ProgressBar extends Callback {
    private static final int WIDTH = 20;
    private static final long REDRAW_NANOS = 50_000_000;

    private final PrintStream out;
    private final boolean animated;
    private final int epochs;
    private final long steps;
    private boolean validating;
    private long started;
    private long drawn;
    private int seen;

    /**
     * A bar.
     *
     * @param animated whether the line is redrawn as steps pass
     * @param epochs 0 for evaluate and predict
     * @param steps per epoch; not positive if unknown
     */
    ProgressBar(PrintStream out, boolean animated, int epochs, long steps) {
        this.out = out;
        this.animated = animated;
        this.epochs = epochs;
        this.steps = steps;
    }

    /** Whether standard output is a terminal. */
    static boolean isTerminal() {
        return System.console() != null && System.getenv("TERM") != null && !"dumb".equals(System.getenv("TERM"));
    }

    @Override
    public void onEpochBegin(int epoch) {
        if (epochs > 1 || animated) {
            out.println("Epoch " + (epoch + 1) + "/" + epochs);
        }
        begin();
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
        started = System.nanoTime();
        drawn = 0;
        seen = 0;
    }

    private void step(int batch, Map<String, Double> logs) {
        seen = batch + 1;
        long now = System.nanoTime();
        if (animated && now - drawn >= REDRAW_NANOS && seen != steps) {
            drawn = now;
            double perStep = seconds() / seen;
            String time = steps > 0 ? duration(perStep * (steps - seen)) : duration(seconds());
            out.print("\r" + bar() + " \033[1m" + time + "\033[0m " + perStep(perStep) + metrics(logs) + "\033[K");
            out.flush();
        }
    }

    private void finish(Map<String, Double> logs) {
        double perStep = seen == 0 ? 0 : seconds() / seen;
        Map<String, Double> ordered = new LinkedHashMap<>(logs);
        if (animated) {
            out.println("\r" + bar() + " \033[1m" + duration(seconds()) + "\033[0m " + perStep(perStep) + metrics(ordered)
                    + "\033[K");
        } else {
            out.println(counter() + " - " + duration(seconds()) + " - " + perStep(perStep) + metrics(ordered));
        }
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private String counter() {
        return seen + "/" + (steps > 0 ? steps : seen);
    }

    private String bar() {
        int done = steps > 0 ? (int) (WIDTH * seen / steps) : WIDTH;
        return "\033[1m" + counter() + "\033[0m \033[32m" + "━".repeat(done) + "\033[0m\033[37m"
                + "━".repeat(WIDTH - done) + "\033[0m";
    }

    private static String duration(double seconds) {
        long whole = (long) seconds;
        if (whole >= 3600) {
            return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
        }
        return whole >= 60 ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60) : whole + "s";
    }

    private static String perStep(double seconds) {
        if (seconds >= 1 || seconds == 0) {
            return Math.round(seconds) + "s/step";
        }
        return seconds >= 1e-3 ? Math.round(seconds * 1e3) + "ms/step" : Math.round(seconds * 1e6) + "us/step";
    }

    private static String metrics(Map<String, Double> logs) {
        StringBuilder text = new StringBuilder();
        logs.forEach((name, value) -> text.append(" - ").append(name).append(": ").append(number(value)));
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) > 1e-3 || value == 0 ? "%.4f" : "%.4e", value);
    }
}
