package dev.keratin.metrics;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Some cells of the confusion matrix at each of several thresholds, in variables of a metric: [thresholds], or
 * [thresholds, labels] where labels are counted apart.
 */
final class ConfusionCounts {
    private final Thresholds thresholds;
    private final Map<Cell, Variable> variables = new EnumMap<>(Cell.class);

    /**
     * Counts of 0.
     *
     * @param shape of each variable
     */
    ConfusionCounts(Metric owner, Thresholds thresholds, Shape shape, List<Cell> cells) {
        this.thresholds = thresholds;
        for (Cell cell : cells) {
            String name = cells.size() == 1 ? "accumulator" : cell.toString();
            variables.put(cell, owner.addVariable(name, shape.dims()));
        }
    }

    /** What a cell holds. */
    Tensor get(Cell cell) {
        return variable(cell).value();
    }

    private Variable variable(Cell cell) {
        Variable variable = variables.get(cell);
        if (variable == null) {
            throw new AssertionError(cell + " is not counted");
        }
        return variable;
    }

    void add(LabelledRows rows) {
        Map<Cell, Tensor> counts = thresholds.evenlySpaced() ? byBuckets(rows) : byComparison(rows);
        counts.forEach((cell, count) -> {
            Variable variable = variable(cell);
            variable.assignAdd(Ops.reshape(Ops.transpose(count), variable.shape()));
        });
    }

    /** [labels, thresholds] each: every prediction against every threshold. */
    private Map<Cell, Tensor> byComparison(LabelledRows rows) {
        Tensor levels = Ops.cast(Ops.reshape(Tensor.of(thresholds.values(), thresholds.count()), -1, 1), rows.dtype());
        Tensor positive = Ops.greater(Ops.expandDims(rows.predictions(), 1), levels);
        Map<Cell, Tensor> counts = new EnumMap<>(Cell.class);
        for (Cell cell : variables.keySet()) {
            Tensor weights = Ops.expandDims(cell.isTrueLabel() ? rows.trueWeights() : rows.falseWeights(), 1);
            Tensor where = cell.isPositive() ? positive : Ops.logicalNot(positive);
            counts.put(cell, Ops.sum(Ops.where(where, weights, 0.0), -1));
        }
        return counts;
    }

    /** [labels, thresholds] each: predictions are counted between thresholds, and the counts added up from the top. */
    private Map<Cell, Tensor> byBuckets(LabelledRows rows) {
        Tensor buckets = buckets(rows.predictions());
        Tensor truePositives = above(buckets, rows.trueWeights());
        Tensor falsePositives = above(buckets, rows.falseWeights());
        Map<Cell, Tensor> counts = new EnumMap<>(Cell.class);
        for (Cell cell : variables.keySet()) {
            Tensor positives = cell.isTrueLabel() ? truePositives : falsePositives;
            Tensor weights = cell.isTrueLabel() ? rows.trueWeights() : rows.falseWeights();
            counts.put(cell, cell.isPositive() ? positives : Ops.subtract(Ops.sum(weights, -1, true), positives));
        }
        return counts;
    }

    /** The highest threshold that each prediction is above; -1 for none. */
    private Tensor buckets(Tensor predictions) {
        Tensor scaled = Ops.multiply(Ops.clip(predictions, 0.0, 1.0), thresholds.count() - 1);
        Tensor index = Ops.subtract(Ops.ceil(scaled), 1);
        return Ops.cast(thresholds.hasMargins() ? Ops.relu(index) : index, DType.INT32);
    }

    private Tensor above(Tensor buckets, Tensor weights) {
        long labels = buckets.shape().dim(0);
        int count = thresholds.count();
        Tensor first = Ops.reshape(Ops.multiply(Ops.cast(Ops.arange(labels), DType.INT32), count), labels, 1);
        Tensor places = Ops.add(Ops.maximum(buckets, 0), first);
        Tensor counted = Ops.where(Ops.greaterEqual(buckets, 0), weights, 0.0);
        Tensor sums = Ops.scatter(Ops.reshape(places, -1, 1), Ops.reshape(counted, -1), Shape.of(labels * count));
        return Ops.flip(Ops.cumsum(Ops.flip(Ops.reshape(sums, labels, count), 1), 1), 1);
    }
}
