package dev.keratin.losses;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.List;

/**
 * The likelihood of label sequences under all alignments with output sequences, by the forward recursion over states:
 * the labels with a blank before, between and after them.
 */
final class Alignments {
    /** The logarithm of what can't happen; finite, so that gradients are. */
    private static final double NEVER = -1e30;

    private final Tensor states;
    private final Tensor maySkip;
    private final Tensor ends;

    /**
     * Alignments with labels.
     *
     * @param labels int32 [batch, labels], 0 after the last one
     */
    Alignments(Tensor labels) {
        long batch = labels.shape().dim(0);
        long count = 2 * labels.shape().dim(1) + 1;
        Tensor pairs = Ops.stack(List.of(Ops.zerosLike(labels), labels), 2);
        states = Ops.concatenate(List.of(Ops.reshape(pairs, batch, count - 1), Ops.zeros(Shape.of(batch, 1), DType.INT32)), 1);
        maySkip = Ops.logicalAnd(Ops.notEqual(states, 0), Ops.notEqual(states, shifted(states, 2, 0)));
        Tensor length = Ops.sum(Ops.cast(Ops.notEqual(labels, 0), DType.INT32), 1, true);
        Tensor last = Ops.multiply(length, 2);
        Tensor index = Ops.cast(Ops.arange(count), DType.INT32);
        ends = Ops.logicalOr(Ops.equal(index, last), Ops.equal(index, Ops.subtract(last, 1)));
    }

    /** Minus the logarithm of the likelihood of the labels: [batch]. */
    Tensor surprise(Tensor logits) {
        long batch = logits.shape().dim(0);
        long steps = logits.shape().dim(1);
        Tensor wanted = Ops.broadcastTo(Ops.expandDims(states, 1), batch, steps, states.shape().dim(1));
        Tensor bySteps = Ops.transpose(Ops.takeAlongAxis(Ops.logSoftmax(logits), wanted, 2), 1, 0, 2);
        Tensor first = Ops.cast(Ops.arange(states.shape().dim(1)), DType.INT32);
        Tensor start = Ops.where(Ops.less(first, 1), Ops.zeros(states.shape(), logits.dtype()), NEVER);
        Tensor likelihood = Ops.scan((state, step) -> new Ops.Scanned(List.of(advanced(state.get(0), step.get(0))), List.of()),
                List.of(start), List.of(bySteps)).carries().get(0);
        return Ops.negative(Ops.logsumexp(Ops.where(ends, likelihood, NEVER), 1));
    }

    /** One step on: stay, move to the next state, or skip a blank between different labels. */
    private Tensor advanced(Tensor likelihood, Tensor outputs) {
        Tensor skipping = Ops.where(maySkip, shifted(likelihood, 2, NEVER), NEVER);
        Tensor ways = Ops.stack(List.of(likelihood, shifted(likelihood, 1, NEVER), skipping), 0);
        return Ops.add(Ops.logsumexp(ways, 0), outputs);
    }

    private static Tensor shifted(Tensor x, long by, double filling) {
        long count = x.shape().dim(1);
        Tensor front = Ops.full(x.shape().with(1, Math.min(by, count)), filling, x.dtype());
        return Ops.slice(Ops.concatenate(List.of(front, x), 1), new long[2], x.shape().dims());
    }
}
