package dev.keratin.metrics;

import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.losses.Ranks;

/** Whether predictions are right, as 1 or 0 in floatx; see {@link Metrics}. */
abstract class AccuracyFunctions {
    AccuracyFunctions() {}

    /** Where predictions equal targets. */
    public static Tensor accuracy(Tensor yTrue, Tensor yPred) {
        Ranks same = Ranks.match(Ops.cast(yTrue, yPred.dtype()), yPred);
        return number(Ops.equal(same.first(), same.second()));
    }

    /** Where predictions are above the threshold and targets 1, or neither. */
    public static Tensor binaryAccuracy(Tensor yTrue, Tensor yPred, double threshold) {
        Ranks same = Ranks.match(yTrue, yPred);
        Tensor target = same.first();
        return number(Ops.equal(target, Ops.cast(Ops.greater(same.second(), threshold), target.dtype())));
    }

    /** {@link #binaryAccuracy(Tensor, Tensor, double)} with the threshold 0.5. */
    public static Tensor binaryAccuracy(Tensor yTrue, Tensor yPred) {
        return binaryAccuracy(yTrue, yPred, 0.5);
    }

    /** Whether the class with the highest prediction is the one with the highest target: [batch, ...]. */
    public static Tensor categoricalAccuracy(Tensor yTrue, Tensor yPred) {
        requireSame("categoricalAccuracy", yTrue, yPred);
        return number(Ops.equal(Ops.argmax(yTrue, -1), Ops.argmax(yPred, -1)));
    }

    /** Whether the class with the highest prediction is the target, an index: [batch, ...] or [batch, ..., 1]. */
    public static Tensor sparseCategoricalAccuracy(Tensor yTrue, Tensor yPred) {
        Tensor labels = labels("sparseCategoricalAccuracy", yTrue, yPred);
        return number(Ops.equal(Ops.cast(labels, DType.INT32), Ops.argmax(yPred, -1)));
    }

    /** Whether the class with the highest target is among the k with the highest predictions: [batch, ...]. */
    public static Tensor topKCategoricalAccuracy(Tensor yTrue, Tensor yPred, int k) {
        requireSame("topKCategoricalAccuracy", yTrue, yPred);
        return inTopK(Ops.argmax(yTrue, -1), yPred, k);
    }

    /** Whether the target is among the k classes with the highest predictions; targets are class indices. */
    public static Tensor sparseTopKCategoricalAccuracy(Tensor yTrue, Tensor yPred, int k) {
        Tensor labels = labels("sparseTopKCategoricalAccuracy", yTrue, yPred);
        return inTopK(Ops.cast(labels, DType.INT32), yPred, k);
    }

    /** Whether the target is among the first k predictions, which are class indices, the likeliest first. */
    static Tensor inSortedIds(Tensor yTrue, Tensor yPred, int k) {
        Tensor labels = Ops.cast(labels("sparseTopKCategoricalAccuracy", yTrue, yPred), yPred.dtype());
        Tensor first = Ops.slice(yPred, new long[yPred.rank()], yPred.shape().with(-1, k).dims());
        return number(Ops.any(Ops.equal(Ops.expandDims(labels, -1), first), -1));
    }

    private static Tensor inTopK(Tensor labels, Tensor yPred, int k) {
        Tensor rows = Ops.reshape(yPred, -1, yPred.shape().dim(-1));
        return number(Ops.reshape(Ops.inTopK(Ops.reshape(labels, -1), rows, k), labels.shape()));
    }

    private static Tensor labels(String who, Tensor yTrue, Tensor yPred) {
        Shape rows = yPred.rank() == 0 ? Shape.of(-1) : yPred.shape().remove(-1);
        boolean column = yTrue.rank() == yPred.rank() && yTrue.rank() > 0 && yTrue.shape().dim(-1) == 1;
        Tensor labels = column ? Ops.squeeze(yTrue, -1) : yTrue;
        if (!labels.shape().equals(rows)) {
            throw new IllegalArgumentException(who + ": one class index for each row of outputs is required. Received: yTrue="
                    + yTrue.type() + ", yPred=" + yPred.type() + ". For one-hot targets use the metric"
                    + " without \"sparse\".");
        }
        return labels;
    }

    private static void requireSame(String who, Tensor yTrue, Tensor yPred) {
        if (!yTrue.shape().equals(yPred.shape())) {
            throw new IllegalArgumentException(who + ": one-hot targets of the shape of the predictions are required. Received:"
                    + " yTrue=" + yTrue.type() + ", yPred=" + yPred.type() + ". For class indices use the"
                    + " metric with \"sparse\".");
        }
    }

    private static Tensor number(Tensor matches) {
        return Ops.cast(matches, Configuration.floatx());
    }
}
