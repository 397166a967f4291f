package dev.keratin.models.callbacks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for each epoch to a file: the epoch and the metrics in alphabetical order, the first line their names.
 *
 * @see <a href="https://keras.io/api/callbacks/csv_logger/">Keras: CSVLogger</a>
 */
public final class CSVLogger extends Callback {
    private final Path file;
    private String separator = ",";
    private boolean append;
    private @Nullable BufferedWriter writer;
    private @Nullable List<String> names;

    /** Writes to a new file. */
    public CSVLogger(String file) {
        this.file = Path.of(file);
    }

    /** What stands between the fields; a comma by default. */
    public CSVLogger separator(String newSeparator) {
        separator = newSeparator;
        return this;
    }

    /** Whether lines are added to a file that is there; false by default. */
    public CSVLogger append(boolean newAppend) {
        append = newAppend;
        return this;
    }

    @Override
    public void onTrainBegin() {
        try {
            boolean goesOn = append && Files.exists(file) && Files.size(file) > 0;
            names = goesOn ? header() : null;
            writer = goesOn ? Files.newBufferedWriter(file, StandardOpenOption.APPEND) : Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private List<String> header() throws IOException {
        try (var lines = Files.lines(file)) {
            List<String> fields = List.of(lines.findFirst().orElse("").split(java.util.regex.Pattern.quote(separator)));
            return fields.subList(Math.min(1, fields.size()), fields.size());
        }
    }

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        BufferedWriter out = writer;
        if (out == null) {
            return;
        }
        try {
            if (names == null) {
                names = List.copyOf(new TreeSet<>(logs.keySet()));
                out.write("epoch" + separator + String.join(separator, names) + "\n");
            }
            out.write(epoch + separator + names.stream()
                    .map(name -> logs.containsKey(name) ? logs.get(name).toString() : "NA")
                    .collect(Collectors.joining(separator)) + "\n");
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void onTrainEnd(Map<String, Double> logs) {
        try {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("CSVLogger: a file that can be written is required. Received: " + file + " ("
                + e.getMessage() + ").", e);
    }
}
