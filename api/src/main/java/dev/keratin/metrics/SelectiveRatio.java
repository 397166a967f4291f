package dev.keratin.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * The share of true positives in the sum of two cells.
 *
 * @param <T> the class itself
 */
abstract class SelectiveRatio<T extends SelectiveRatio<T>> extends ConfusionMetric<T> {
    private final Cell other;
    private @Nullable Integer topK;
    private @Nullable Integer classId;

    SelectiveRatio(String name, Cell other) {
        super(name, Cell.TRUE_POSITIVES, other);
        this.other = other;
    }

    /** Sets how many predictions of each sample count, the highest ones; null (unless set) for all. */
    public final T topK(@Nullable Integer topK) {
        this.topK = topK;
        return self();
    }

    /** Sets the only class that counts, an index into the last axis; null (unless set) for all. */
    public final T classId(@Nullable Integer classId) {
        this.classId = classId;
        return self();
    }

    @Override
    final double defaultThreshold() {
        return topK == null ? 0.5 : LabelledRows.LOWEST;
    }

    @Override
    final LabelledRows.Choice choice() {
        return new LabelledRows.Choice(topK, classId);
    }

    @Override
    public final Tensor result() {
        Tensor positives = counts().get(Cell.TRUE_POSITIVES);
        return perThreshold(Quotient.of(positives, Ops.add(positives, counts().get(other))));
    }

    @Override
    public final Direction direction() {
        return Direction.UP;
    }

    final T configureAll(JsonNode config) {
        return topK(Json.integer(config, "top_k")).classId(Json.integer(config, "class_id")).configureThresholds(config);
    }

    @Override
    public final ObjectNode config() {
        return super.config().put("top_k", topK).put("class_id", classId);
    }
}
