package dev.keratin.models.training;

import dev.keratin.models.callbacks.Callback;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code fit} gives back: every metric at the end of every epoch. */
public final class History extends Callback {
    private final List<Integer> epochs = new ArrayList<>();
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    History() {}

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
        epochs.add(epoch);
        logs.forEach((name, value) -> values.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
    }

    /** The numbers of the epochs, from 0. */
    public List<Integer> epochs() {
        return Collections.unmodifiableList(epochs);
    }

    /** For each metric, its value at the end of each epoch. */
    public Map<String, List<Double>> history() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * The values of a metric, such as {@code "val_accuracy"}.
     *
     * @throws IllegalArgumentException if there is none of this name; the message lists the names
     */
    public List<Double> get(String metric) {
        List<Double> found = values.get(metric);
        if (found == null) {
            throw new IllegalArgumentException("History: the name of a metric is required. Received: \"" + metric
                    + "\". Known: " + values.keySet() + ".");
        }
        return Collections.unmodifiableList(found);
    }

    @Override
    public String toString() {
        return "History" + values;
    }
}
