package dev.keratin.metrics;

import static dev.keratin.Ops.add;
import static dev.keratin.Ops.divide;
import static dev.keratin.Ops.mean;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.square;
import static dev.keratin.Ops.subtract;

import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.losses.Ranks;

/** How targets and predictions vary together; see {@link Metrics}. */
abstract class CorrelationFunctions extends AccuracyFunctions {
    CorrelationFunctions() {}

    /** Pearson's correlation along an axis. */
    public static Tensor pearsonCorrelation(Tensor yTrue, Tensor yPred, int axis) {
        Ranks same = Ranks.match(Ops.cast(yTrue, yPred.dtype()), yPred);
        return mean(multiply(standardised(same.first(), axis), standardised(same.second(), axis)), axis);
    }

    private static Tensor standardised(Tensor x, int axis) {
        return divide(centred(x, axis), Ops.std(x, axis, true));
    }

    /** Lin's concordance correlation along an axis, with the numbers of Keras 3.15. */
    public static Tensor concordanceCorrelation(Tensor yTrue, Tensor yPred, int axis) {
        Ranks same = Ranks.match(Ops.cast(yTrue, yPred.dtype()), yPred);
        Tensor target = same.first();
        Tensor output = same.second();
        Tensor outputMean = mean(output, axis, true);
        Tensor covariance = multiply(subtract(target, outputMean), subtract(output, outputMean));
        Tensor apart = square(subtract(mean(target, axis, true), outputMean));
        Tensor norm = add(add(Ops.var(target, axis, true), Ops.var(output, axis, true)), apart);
        return mean(divide(multiply(covariance, 2.0), add(norm, Configuration.epsilon())), axis);
    }

    private static Tensor centred(Tensor x, int axis) {
        return subtract(x, mean(x, axis, true));
    }
}
