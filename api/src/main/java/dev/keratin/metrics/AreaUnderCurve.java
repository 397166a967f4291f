package dev.keratin.metrics;

import static dev.keratin.Ops.add;
import static dev.keratin.Ops.maximum;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.subtract;

import dev.keratin.Ops;
import dev.keratin.Tensor;

/** The area under the curve through the points that confusion matrices at thresholds give. */
final class AreaUnderCurve {
    private final Tensor truePositives;
    private final Tensor falsePositives;
    private final Tensor trueNegatives;
    private final Tensor falseNegatives;

    /** What is drawn. */
    enum Curve { ROC, PR, PRGAIN }

    /** What lies between two points. */
    enum Summation { INTERPOLATION, MAJORING, MINORING }

    AreaUnderCurve(ConfusionCounts counts) {
        truePositives = counts.get(Cell.TRUE_POSITIVES);
        falsePositives = counts.get(Cell.FALSE_POSITIVES);
        trueNegatives = counts.get(Cell.TRUE_NEGATIVES);
        falseNegatives = counts.get(Cell.FALSE_NEGATIVES);
    }

    /** One area for each label: [labels], or a scalar. */
    Tensor of(Curve curve, Summation summation) {
        if (curve == Curve.PR && summation == Summation.INTERPOLATION) {
            return interpolatedPrecisionRecall();
        }
        Tensor recall = Quotient.of(truePositives, add(truePositives, falseNegatives));
        return switch (curve) {
            case ROC -> area(Quotient.of(falsePositives, add(falsePositives, trueNegatives)), recall, summation);
            case PR -> area(recall, Quotient.of(truePositives, add(truePositives, falsePositives)), summation);
            case PRGAIN -> area(maximum(gain(falseNegatives, 0.0), 0.0), gain(falsePositives, 1.0), summation);
        };
    }

    /** {@code 1 - odds * errors / tp} with the odds of a true label; a given number where there are no true positives. */
    private Tensor gain(Tensor errors, double otherwise) {
        Tensor odds = Quotient.of(add(truePositives, falseNegatives), add(trueNegatives, falsePositives));
        Tensor gain = subtract(1.0, multiply(odds, Quotient.of(errors, truePositives)));
        return Ops.where(Ops.equal(truePositives, 0), otherwise, gain);
    }

    private static Tensor area(Tensor x, Tensor y, Summation summation) {
        Tensor height = switch (summation) {
            case INTERPOLATION -> Ops.divide(add(head(y), tail(y)), 2.0);
            case MINORING -> Ops.minimum(head(y), tail(y));
            case MAJORING -> maximum(head(y), tail(y));
        };
        return Ops.sum(multiply(subtract(head(x), tail(x)), height), 0);
    }

    /** Between two points, true positives are linear in positives, and precision is not (Davis and Goadrich). */
    private Tensor interpolatedPrecisionRecall() {
        Tensor positives = add(truePositives, falsePositives);
        Tensor gained = subtract(head(truePositives), tail(truePositives));
        Tensor slope = Quotient.of(gained, maximum(subtract(head(positives), tail(positives)), 0.0));
        Tensor intercept = subtract(tail(truePositives), multiply(slope, tail(positives)));
        Tensor both = Ops.logicalAnd(Ops.greater(head(positives), 0), Ops.greater(tail(positives), 0));
        Tensor ratio = Ops.where(both, Quotient.of(head(positives), maximum(tail(positives), 0.0)), 1.0);
        Tensor part = multiply(slope, add(gained, multiply(intercept, Ops.log(ratio))));
        return Ops.sum(Quotient.of(part, maximum(tail(add(truePositives, falseNegatives)), 0.0)), 0);
    }

    private static Tensor head(Tensor x) {
        return rows(x, 0);
    }

    private static Tensor tail(Tensor x) {
        return rows(x, 1);
    }

    private static Tensor rows(Tensor x, long from) {
        long[] starts = new long[x.rank()];
        starts[0] = from;
        return Ops.slice(x, starts, x.shape().with(0, x.shape().dim(0) - 1).dims());
    }
}
