package dev.keratin.losses;

import static dev.keratin.Ops.add;
import static dev.keratin.Ops.clip;
import static dev.keratin.Ops.divide;
import static dev.keratin.Ops.log;
import static dev.keratin.Ops.mean;
import static dev.keratin.Ops.multiply;
import static dev.keratin.Ops.negative;
import static dev.keratin.Ops.power;
import static dev.keratin.Ops.subtract;
import static dev.keratin.Ops.sum;

import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import org.jspecify.annotations.Nullable;

/** Distances between distributions; see {@link Losses}. */
abstract class ProbabilisticLosses extends HingeLosses {
    ProbabilisticLosses() {}

    /** {@code sum(yTrue * log(yTrue / yPred))} along the last axis, both cut to [epsilon, 1] before. */
    public static Tensor klDivergence(Tensor yTrue, Tensor yPred) {
        Tensor target = clip(Ops.cast(yTrue, yPred.dtype()), Configuration.epsilon(), 1.0);
        Tensor output = clip(yPred, Configuration.epsilon(), 1.0);
        return sum(multiply(target, log(divide(target, output))), -1);
    }

    /**
     * The mean along an axis of {@code -(yTrue * log(yPred) + (1 - yTrue) * log(1 - yPred))}.
     *
     * @param fromLogits whether {@code yPred} are real numbers, whose sigmoid are the probabilities
     * @param labelSmoothing from 0 to 1: how far targets are drawn to 0.5
     */
    public static Tensor binaryCrossentropy(
            Tensor yTrue, Tensor yPred, boolean fromLogits, double labelSmoothing, int axis) {
        return mean(Ops.binaryCrossentropy(smoothed(yTrue, yPred, labelSmoothing, 2), yPred, fromLogits), axis);
    }

    /** {@link #binaryCrossentropy(Tensor, Tensor, boolean, double, int)} of probabilities along the last axis. */
    public static Tensor binaryCrossentropy(Tensor yTrue, Tensor yPred) {
        return binaryCrossentropy(yTrue, yPred, false, 0.0, -1);
    }

    /**
     * {@code -sum(yTrue * log(yPred))} along an axis.
     *
     * @param fromLogits whether {@code yPred} are real numbers, whose softmax are the probabilities
     * @param labelSmoothing from 0 to 1: how far targets are drawn to {@code 1 / classes}
     */
    public static Tensor categoricalCrossentropy(
            Tensor yTrue, Tensor yPred, boolean fromLogits, double labelSmoothing, int axis) {
        Tensor target = smoothed(yTrue, yPred, labelSmoothing, yTrue.shape().dim(-1));
        return Ops.categoricalCrossentropy(target, yPred, fromLogits, axis);
    }

    /** {@link #categoricalCrossentropy(Tensor, Tensor, boolean, double, int)} of probabilities along the last axis. */
    public static Tensor categoricalCrossentropy(Tensor yTrue, Tensor yPred) {
        return categoricalCrossentropy(yTrue, yPred, false, 0.0, -1);
    }

    /**
     * {@code -log(yPred[..., yTrue])}.
     *
     * @param yTrue class indices: the shape of {@code yPred} without the axis of the classes, or with length 1 there
     * @param fromLogits whether {@code yPred} are real numbers, whose softmax are the probabilities
     * @param ignoreClass the label whose values are 0 and masked; null for none
     * @param axis the axis of the classes
     * @return values with a mask attached if a class is ignored
     */
    public static Tensor sparseCategoricalCrossentropy(
            Tensor yTrue, Tensor yPred, boolean fromLogits, @Nullable Integer ignoreClass, int axis) {
        Tensor labels = yTrue.rank() == yPred.rank() ? Ops.squeeze(yTrue, axis) : yTrue;
        Tensor output = yPred.shape().normalizeAxis(axis) == yPred.rank() - 1 ? yPred : Ops.moveaxis(yPred, axis, -1);
        if (ignoreClass == null) {
            return Ops.sparseCategoricalCrossentropy(labels, output, fromLogits);
        }
        Tensor valid = Ops.notEqual(labels, ignoreClass);
        Tensor values = Ops.sparseCategoricalCrossentropy(
                Ops.where(valid, labels, 0), Ops.where(Ops.expandDims(valid, -1), output, 0.0), fromLogits);
        Tensor counted = Ops.where(valid, values, 0.0);
        counted.attachMask(valid);
        return counted;
    }

    /** {@link #sparseCategoricalCrossentropy(Tensor, Tensor, boolean, Integer, int)} of probabilities along the last axis. */
    public static Tensor sparseCategoricalCrossentropy(Tensor yTrue, Tensor yPred) {
        return sparseCategoricalCrossentropy(yTrue, yPred, false, null, -1);
    }

    /** The binary crossentropy of each element, weighted as {@code focal} says, and its mean along an axis. */
    static Tensor binaryFocalCrossentropy(Tensor yTrue, Tensor yPred, Focal focal, int axis) {
        Tensor output = focal.fromLogits() ? Ops.sigmoid(yPred) : yPred;
        Tensor target = smoothed(yTrue, output, focal.labelSmoothing(), 2);
        Tensor right = add(multiply(target, output), multiply(subtract(1.0, target), subtract(1.0, output)));
        Tensor cut = clip(output, Configuration.epsilon(), 1.0 - Configuration.epsilon());
        Tensor entropy = negative(add(multiply(target, log(cut)), multiply(subtract(1.0, target), log(subtract(1.0, cut)))));
        Tensor focused = multiply(power(subtract(1.0, right), focal.gamma()), entropy);
        Tensor balance = add(multiply(target, focal.alpha()), multiply(subtract(1.0, target), 1.0 - focal.alpha()));
        return mean(focal.balanced() ? multiply(balance, focused) : focused, axis);
    }

    /** The categorical crossentropy with each term weighted as {@code focal} says. */
    static Tensor categoricalFocalCrossentropy(Tensor yTrue, Tensor yPred, Focal focal, int axis) {
        Tensor target = smoothed(yTrue, yPred, focal.labelSmoothing(), yTrue.shape().dim(-1));
        Tensor output = focal.fromLogits() ? Ops.softmax(yPred, axis) : yPred;
        Tensor share = clip(divide(output, sum(output, axis, true)), Configuration.epsilon(), 1.0 - Configuration.epsilon());
        Tensor weight = multiply(power(subtract(1.0, share), focal.gamma()), focal.alpha());
        return sum(multiply(weight, multiply(negative(target), log(share))), axis);
    }

    /**
     * {@code (1 - p^q) / q} with the probability p of the right class.
     *
     * @param q from 0 (crossentropy) to 1 (absolute error), both excluded
     */
    public static Tensor categoricalGeneralizedCrossEntropy(Tensor yTrue, Tensor yPred, double q) {
        Tensor oneHot = Ops.oneHot(yTrue, Math.toIntExact(yPred.shape().dim(-1)), -1, yPred.dtype());
        return divide(subtract(1.0, power(sum(multiply(yPred, oneHot), -1), q)), q);
    }

    /**
     * How unlikely it is that outputs spell labels; see {@link CTC}.
     *
     * @param yTrue class indices [batch, labels], 0 after the last one of a row
     * @param yPred logits [batch, steps, classes], class 0 for none
     * @return [batch]
     */
    public static Tensor ctc(Tensor yTrue, Tensor yPred) {
        return new Alignments(Ops.cast(yTrue, DType.INT32)).surprise(yPred);
    }

    /** Targets in the type of the predictions, drawn to the uniform distribution. */
    private static Tensor smoothed(Tensor yTrue, Tensor yPred, double smoothing, double classes) {
        Tensor target = Ops.cast(yTrue, yPred.dtype());
        return smoothing == 0 ? target : add(multiply(target, 1.0 - smoothing), smoothing / classes);
    }
}
