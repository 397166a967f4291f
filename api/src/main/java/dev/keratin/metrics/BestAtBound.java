package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The highest of one figure among the thresholds where another one is at least a given number; 0 if it is nowhere.
 *
 * @param <T> the class itself
 */
abstract class BestAtBound<T extends BestAtBound<T>> extends StandardMetric<T> {
    private final String argument;
    private final double bound;
    private int numThresholds = 200;
    private @Nullable Integer classId;
    private @Nullable ConfusionCounts counts;

    BestAtBound(String name, String argument, double bound) {
        super(name);
        this.argument = argument;
        this.bound = bound;
        if (!(bound >= 0 && bound <= 1)) {
            throw new IllegalArgumentException(className() + ": " + argument + " from 0 to 1 is required. Received: "
                    + bound + ".");
        }
    }

    /** What has to be at least the bound: [thresholds]. */
    abstract Tensor bounded();

    /** What is wanted high: [thresholds]. */
    abstract Tensor figure();

    /** Sets how many thresholds from 0 to 1 are tried; 200 unless set. */
    public final T numThresholds(int numThresholds) {
        Thresholds.spaced(className(), numThresholds, 1);
        this.numThresholds = numThresholds;
        return self();
    }

    /** Sets the only class that counts, an index into the last axis; null (unless set) for all. */
    public final T classId(@Nullable Integer classId) {
        this.classId = classId;
        return self();
    }

    @Override
    final void build() {
        Thresholds thresholds = Thresholds.spaced(className(), numThresholds, 1);
        counts = new ConfusionCounts(this, thresholds, Shape.of(thresholds.count()), List.of(Cell.values()));
    }

    @Override
    public final void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
        counts().add(LabelledRows.of(new LabelledRows.Batch(yTrue, yPred, sampleWeight, dtype()),
                new LabelledRows.Choice(null, classId), null, false));
    }

    @Override
    public final Tensor result() {
        return Ops.maximum(Ops.max(Ops.where(Ops.greaterEqual(bounded(), bound), figure(), 0.0)), 0.0);
    }

    /** The share of a cell in the sum of two. */
    final Tensor share(Cell cell, Cell other) {
        Tensor part = counts().get(cell);
        return Quotient.of(part, Ops.add(part, counts().get(other)));
    }

    private ConfusionCounts counts() {
        ensureBuilt();
        return Objects.requireNonNull(counts);
    }

    @Override
    public final Direction direction() {
        return Direction.UP;
    }

    final T configureAll(JsonNode config) {
        return numThresholds(Json.integer(config, "num_thresholds", 200)).classId(Json.integer(config, "class_id"))
                .configure(config);
    }

    @Override
    public final ObjectNode config() {
        return super.config().put("class_id", classId).put("num_thresholds", numThresholds).put(argument, bound);
    }
}
