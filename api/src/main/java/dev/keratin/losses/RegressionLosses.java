package dev.keratin.losses;

import static dev.keratin.Ops.add;
import static dev.keratin.Ops.divide;
import static dev.keratin.Ops.maximum;
import static dev.keratin.Ops.mean;
import static dev.keratin.Ops.minimum;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.square;
import static dev.keratin.Ops.subtract;
import static dev.keratin.Ops.sum;

import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.function.BinaryOperator;

/** Distances between numbers; see {@link Losses}. */
abstract class RegressionLosses {
    RegressionLosses() {}

    /** {@code mean((yTrue - yPred)^2)} along the last axis. */
    public static Tensor meanSquaredError(Tensor yTrue, Tensor yPred) {
        return matched(yTrue, yPred, (y, p) -> mean(square(subtract(y, p)), -1));
    }

    /** {@code mean(|yTrue - yPred|)} along the last axis; gradient 0 where they are equal. */
    public static Tensor meanAbsoluteError(Tensor yTrue, Tensor yPred) {
        return matched(yTrue, yPred, (y, p) -> mean(Ops.abs(subtract(y, p)), -1));
    }

    /** {@code 100 * mean(|(yTrue - yPred) / max(|yTrue|, epsilon)|)} along the last axis. */
    public static Tensor meanAbsolutePercentageError(Tensor yTrue, Tensor yPred) {
        return matched(yTrue, yPred, (y, p) -> multiply(100.0, mean(Ops.abs(
                divide(subtract(y, p), maximum(Ops.abs(y), Configuration.epsilon()))), -1)));
    }

    /** {@code mean((log(yTrue + 1) - log(yPred + 1))^2)} along the last axis, both at least epsilon before. */
    public static Tensor meanSquaredLogarithmicError(Tensor yTrue, Tensor yPred) {
        return matched(yTrue, yPred, (y, p) -> mean(square(subtract(logarithm(p), logarithm(y))), -1));
    }

    private static Tensor logarithm(Tensor x) {
        return Ops.log(add(maximum(x, Configuration.epsilon()), 1.0));
    }

    /** {@code mean(log(cosh(yPred - yTrue)))} along the last axis, without overflow. */
    public static Tensor logCosh(Tensor yTrue, Tensor yPred) {
        return matched(yTrue, yPred, (y, p) -> {
            Tensor error = subtract(p, y);
            return mean(subtract(add(error, Ops.softplus(multiply(error, -2.0))), Math.log(2)), -1);
        });
    }

    /** The mean along the last axis of {@code error^2 / 2} up to delta and {@code delta * (|error| - delta / 2)} above. */
    public static Tensor huber(Tensor yTrue, Tensor yPred, double delta) {
        return matched(yTrue, yPred, (y, p) -> {
            Tensor error = subtract(p, y);
            Tensor size = Ops.abs(error);
            return mean(Ops.where(Ops.lessEqual(size, delta), multiply(0.5, square(error)),
                    subtract(multiply(size, delta), 0.5 * delta * delta)), -1);
        });
    }

    /** {@link #huber(Tensor, Tensor, double)} with delta 1. */
    public static Tensor huber(Tensor yTrue, Tensor yPred) {
        return huber(yTrue, yPred, 1.0);
    }

    /** Minus the cosine of the angle between targets and predictions along an axis: -1 where they point the same way. */
    public static Tensor cosineSimilarity(Tensor yTrue, Tensor yPred, int axis) {
        return matched(yTrue, yPred, (y, p) -> Ops.negative(sum(multiply(unit(y, axis), unit(p, axis)), axis)));
    }

    /** {@link #cosineSimilarity(Tensor, Tensor, int)} along the last axis. */
    public static Tensor cosineSimilarity(Tensor yTrue, Tensor yPred) {
        return cosineSimilarity(yTrue, yPred, -1);
    }

    private static Tensor unit(Tensor x, int axis) {
        return multiply(x, minimum(Ops.rsqrt(sum(square(x), axis, true)), 1.0 / Configuration.epsilon()));
    }

    /** {@code mean(yPred - yTrue * log(yPred + epsilon))} along the last axis. */
    public static Tensor poisson(Tensor yTrue, Tensor yPred) {
        Tensor target = Ops.cast(yTrue, yPred.dtype());
        return mean(subtract(yPred, multiply(target, Ops.log(add(yPred, Configuration.epsilon())))), -1);
    }

    /** A function of both in the type of the predictions, with ranks matched. */
    static Tensor matched(Tensor yTrue, Tensor yPred, BinaryOperator<Tensor> function) {
        Ranks same = Ranks.match(Ops.cast(yTrue, yPred.dtype()), yPred);
        return function.apply(same.first(), same.second());
    }
}
