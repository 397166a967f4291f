package dev.keratin.metrics;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.losses.Ranks;
import org.jspecify.annotations.Nullable;

/**
 * Predictions and how much each counts as a true or as a false label; each [labels, predictions], with a single row
 * where labels are not told apart.
 *
 * @param predictions what came out
 * @param trueWeights the weight where the label is true, else 0
 * @param falseWeights the weight where the label is false, else 0
 */
record LabelledRows(Tensor predictions, Tensor trueWeights, Tensor falseWeights) {
    /** A number that no prediction is below. */
    static final double LOWEST = -1e10;

    /**
     * Which predictions count.
     *
     * @param topK how many of each row, the highest ones; null for all
     * @param classId of which class; null for all
     */
    record Choice(@Nullable Integer topK, @Nullable Integer classId) {
        static final Choice ALL = new Choice(null, null);

        Tensor ofPredictions(Tensor yPred) {
            return ofLabels(topK == null ? yPred : highest(yPred, topK));
        }

        Tensor ofLabels(Tensor y) {
            if (classId == null) {
                return y;
            }
            if (y.rank() < 2 || classId < 0 || classId >= y.shape().dim(-1)) {
                throw new IllegalArgumentException("classId: one class of a last axis [..., classes] is required. Received: "
                        + classId + " for " + y.type() + ".");
            }
            long[] starts = new long[y.rank()];
            starts[y.rank() - 1] = classId;
            return Ops.slice(y, starts, y.shape().with(-1, 1).dims());
        }

        private static Tensor highest(Tensor x, int k) {
            int classes = Math.toIntExact(x.shape().dim(-1));
            Tensor chosen = Ops.any(Ops.oneHot(Ops.topK(x, k).indices(), classes, -1, DType.BOOL), -2);
            return Ops.where(chosen, x, LOWEST);
        }
    }

    /**
     * Rows of all predictions of a batch.
     *
     * @param labelWeights of each label, for the last axis; null for 1
     * @param apart whether each label has a row of its own
     */
    static LabelledRows of(Batch batch, Choice choice, @Nullable Tensor labelWeights, boolean apart) {
        Ranks same = Ranks.match(Ops.cast(batch.yPred(), batch.dtype()), Ops.cast(batch.yTrue(), batch.dtype()));
        Tensor weights = weights(batch.sampleWeight(), same.second(), batch.dtype());
        Tensor predictions = choice.ofPredictions(same.first());
        Shape shape = predictions.shape();
        Tensor labels = Ops.broadcastTo(choice.ofLabels(same.second()), shape);
        Tensor all = labelWeights == null ? weights : Ops.multiply(weights, Ops.cast(labelWeights, batch.dtype()));
        Tensor isTrue = rows(Ops.notEqual(labels, 0), apart);
        Tensor spread = rows(Ops.broadcastTo(all, shape), apart);
        return new LabelledRows(rows(predictions, apart), Ops.where(isTrue, spread, 0.0), Ops.where(isTrue, 0.0, spread));
    }

    private static Tensor weights(@Nullable Tensor sampleWeight, Tensor yTrue, DType dtype) {
        return sampleWeight == null ? Ops.scalar(dtype, 1)
                : Ranks.match(yTrue, Ops.expandDims(Ops.cast(sampleWeight, dtype), -1), false).second();
    }

    private static Tensor rows(Tensor x, boolean apart) {
        return apart ? Ops.transpose(x) : Ops.reshape(x, 1, -1);
    }

    DType dtype() {
        return predictions.dtype();
    }

    /** What a metric is given, and the type that it computes in. */
    record Batch(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight, DType dtype) {}
}
