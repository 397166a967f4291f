package dev.keratin.losses;

import static dev.keratin.Ops.add;
import static dev.keratin.Ops.maximum;
import static dev.keratin.Ops.mean;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.square;
import static dev.keratin.Ops.subtract;
import static dev.keratin.Ops.sum;

import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;

/** Margins of classifiers, and overlaps of regions; see {@link Losses}. */
abstract class HingeLosses extends RegressionLosses {
    HingeLosses() {}

    /** {@code mean(max(1 - yTrue * yPred, 0))} along the last axis; targets are -1 or 1, or all of them 0 or 1. */
    public static Tensor hinge(Tensor yTrue, Tensor yPred) {
        return mean(margin(yTrue, yPred), -1);
    }

    /** {@code mean(max(1 - yTrue * yPred, 0)^2)} along the last axis; targets are -1 or 1, or all of them 0 or 1. */
    public static Tensor squaredHinge(Tensor yTrue, Tensor yPred) {
        return mean(square(margin(yTrue, yPred)), -1);
    }

    private static Tensor margin(Tensor yTrue, Tensor yPred) {
        Tensor given = Ops.cast(yTrue, yPred.dtype());
        Tensor binary = Ops.all(Ops.logicalOr(Ops.equal(given, 0), Ops.equal(given, 1)));
        Tensor signs = Ops.where(binary, subtract(multiply(given, 2.0), 1.0), given);
        return maximum(subtract(1.0, multiply(signs, yPred)), 0.0);
    }

    /** {@code max(neg - pos + 1, 0)}: the score of the right class and the highest of the wrong ones; one-hot targets. */
    public static Tensor categoricalHinge(Tensor yTrue, Tensor yPred) {
        Tensor target = Ops.cast(yTrue, yPred.dtype());
        Tensor right = sum(multiply(target, yPred), -1);
        Tensor wrong = Ops.max(multiply(subtract(1.0, target), yPred), -1);
        return maximum(add(subtract(wrong, right), 1.0), 0.0);
    }

    /** {@code 1 - 2 * |a and b| / (|a| + |b|)} over the given axes, or over all if none are given. */
    public static Tensor dice(Tensor yTrue, Tensor yPred, int... axes) {
        Tensor target = Ops.cast(yTrue, yPred.dtype());
        Tensor both = sum(multiply(target, yPred), axes);
        return subtract(1.0, overlap(multiply(2.0, both), add(sum(target, axes), sum(yPred, axes))));
    }

    /**
     * {@code 1 - tp / (tp + alpha * fp + beta * fn)} over the given axes, or over all if none are given.
     *
     * @param alpha the price of what is in the targets only
     * @param beta the price of what is in the predictions only
     */
    public static Tensor tversky(Tensor yTrue, Tensor yPred, double alpha, double beta, int... axes) {
        Tensor target = Ops.cast(yTrue, yPred.dtype());
        Tensor both = sum(multiply(target, yPred), axes);
        Tensor targetOnly = sum(multiply(subtract(1.0, yPred), target), axes);
        Tensor predictedOnly = sum(multiply(yPred, subtract(1.0, target)), axes);
        Tensor price = add(multiply(targetOnly, alpha), multiply(predictedOnly, beta));
        return subtract(1.0, overlap(both, add(both, price)));
    }

    private static Tensor overlap(Tensor part, Tensor whole) {
        return Ops.divide(part, add(whole, Configuration.epsilon()));
    }
}
