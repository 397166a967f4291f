package dev.keratin.models.callbacks;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Saves the model or its weights after epochs, or after a number of batches. The file name may hold {@code {epoch:02d}} and
 * {@code {val_loss:.2f}}.
 *
 * @see <a href="https://keras.io/api/callbacks/model_checkpoint/">Keras: ModelCheckpoint</a>
 */
public final class ModelCheckpoint extends Callback {
    private static final Pattern FIELD = Pattern.compile("\\{(\\w+)(?::([^}]*))?\\}");

    private final String filepath;
    private String monitor = "val_loss";
    private int verbose;
    private boolean saveBestOnly;
    private boolean saveWeightsOnly;
    private String mode = "auto";
    private int saveFreq;
    private @Nullable Double initialValueThreshold;

    private Monitor watched = new Monitor("ModelCheckpoint", monitor, mode, 0);
    private int epoch;
    private int batchesSinceSave;

    /** Saves to a file after every epoch. */
    public ModelCheckpoint(String filepath) {
        this.filepath = filepath;
    }

    /** The metric that {@link #saveBestOnly} looks at; {@code "val_loss"} by default. */
    public ModelCheckpoint monitor(String metric) {
        monitor = metric;
        return this;
    }

    /** 1 to say what is saved; 0 by default. */
    public ModelCheckpoint verbose(int newVerbose) {
        verbose = newVerbose;
        return this;
    }

    /** Whether to save only when the metric has become better; false by default. */
    public ModelCheckpoint saveBestOnly(boolean bestOnly) {
        saveBestOnly = bestOnly;
        return this;
    }

    /** Whether to save weights, to a file ending in {@code .weights.h5}, and not the whole model; false by default. */
    public ModelCheckpoint saveWeightsOnly(boolean weightsOnly) {
        if (weightsOnly && !filepath.endsWith(".weights.h5")) {
            throw new IllegalArgumentException("ModelCheckpoint: a file name that ends with .weights.h5 is required to save"
                    + " weights only. Received: \"" + filepath + "\".");
        }
        saveWeightsOnly = weightsOnly;
        return this;
    }

    /** {@code "min"}, {@code "max"} or by the metric's name {@code "auto"}, the default. */
    public ModelCheckpoint mode(String newMode) {
        mode = newMode;
        return this;
    }

    /** Saves after that many batches instead of after each epoch. */
    public ModelCheckpoint saveFreq(int batches) {
        saveFreq = batches;
        return this;
    }

    /** What the metric has to be better than for the first save. */
    public ModelCheckpoint initialValueThreshold(double value) {
        initialValueThreshold = value;
        return this;
    }

    @Override
    public void onTrainBegin() {
        watched = new Monitor("ModelCheckpoint", monitor, mode, 0);
        if (initialValueThreshold != null) {
            watched.startFrom(initialValueThreshold);
        }
        batchesSinceSave = 0;
    }

    @Override
    public void onEpochBegin(int newEpoch) {
        epoch = newEpoch;
    }

    @Override
    public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
        if (saveFreq > 0 && ++batchesSinceSave >= saveFreq) {
            batchesSinceSave = 0;
            consider(logs);
        }
    }

    @Override
    public void onEpochEnd(int newEpoch, Map<String, Double> logs) {
        epoch = newEpoch;
        if (saveFreq == 0) {
            consider(logs);
        }
    }

    private void consider(Map<String, Double> logs) {
        if (!saveBestOnly) {
            save(logs);
            return;
        }
        watched.value(model(), logs).ifPresent(value -> {
            double before = watched.best();
            if (watched.improve(value)) {
                say(String.format(Locale.ROOT, "%s improved from %.5f to %.5f", monitor, before, value));
                save(logs);
            } else {
                say(String.format(Locale.ROOT, "%s did not improve from %.5f", monitor, before));
            }
        });
    }

    private void save(Map<String, Double> logs) {
        Path file = Path.of(fileName(logs));
        say("saving model to " + file);
        if (saveWeightsOnly) {
            model().saveWeights(file);
        } else {
            model().save(file);
        }
    }

    private void say(String what) {
        if (verbose > 0) {
            System.out.println("\nEpoch " + (epoch + 1) + ": " + what);
        }
    }

    private String fileName(Map<String, Double> logs) {
        return FIELD.matcher(filepath).replaceAll(match -> {
            String name = match.group(1);
            Number value = name.equals("epoch") ? (Number) (epoch + 1) : logs.get(name);
            if (value == null) {
                throw new IllegalArgumentException("ModelCheckpoint: fields of the file name among [epoch] and "
                        + logs.keySet() + " are required. Received: {" + name + "} in \"" + filepath + "\".");
            }
            return Matcher.quoteReplacement(format(value, match.group(2)));
        });
    }

    private static String format(Number value, @Nullable String pattern) {
        return pattern == null || pattern.isEmpty() ? value.toString() : String.format(Locale.ROOT, "%" + pattern, value);
    }
}
