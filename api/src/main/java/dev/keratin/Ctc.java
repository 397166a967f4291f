package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import java.util.List;

/**
 * The forward algorithm of connectionist temporal classification: over the labels with the mask before, between and after
 * them, the log-probability of all paths that have come so far after each step.
 */
final class Ctc {
    /** The logarithm of 0, finite so that differences are 0 and not NaN. */
    private static final double NEVER = -1e30;

    private final Tensor extended;
    private final Tensor skippable;
    private final Tensor logs;

    Ctc(Tensor target, Tensor output, int maskIndex) {
        Shape shape = output.shape();
        if (output.rank() != 3 || target.rank() != 2 || target.shape().dim(0) != shape.dim(0)) {
            throw new IllegalArgumentException("ctcLoss: target [batch, labels] and output [batch, steps, classes] are required."
                    + " Received: target=" + target.type() + ", output=" + output.type() + ". Check the batch axes.");
        }
        Tensor wide = output.dtype() == DType.FLOAT64 ? output : Ops.cast(output, DType.FLOAT32);
        Tensor mask = Ops.fullLike(target, maskIndex);
        Tensor pairs = Ops.reshape(Ops.stack(List.of(mask, target), 2), shape.dim(0), -1);
        this.extended = Ops.concatenate(List.of(pairs, Ops.fullLike(Ops.getItem(target, ":, :1"), maskIndex)), 1);
        Tensor before = Ops.getItem(Ops.pad(extended, new int[][] {{0, 0}, {2, 0}}, maskIndex), ":, :-2");
        this.skippable = Ops.logicalAnd(Ops.notEqual(extended, maskIndex), Ops.notEqual(extended, before));
        this.logs = Ops.logSoftmax(wide);
    }

    Tensor loss(Tensor targetLength, Tensor outputLength) {
        long steps = logs.shape().dim(1);
        Tensor index = Ops.broadcastTo(Ops.expandDims(extended, 1), extended.shape().insert(1, steps));
        Tensor emitted = Ops.transpose(Ops.takeAlongAxis(logs, index, 2), 1, 0, 2);
        Tensor place = Ops.expandDims(Ops.arange(extended.shape().dim(1)), 0);
        Tensor start = Ops.where(Ops.less(place, 2), Ops.take(emitted, 0, 0), NEVER);
        Tensor rest = SliceOps.range(emitted, 0, 1, steps);
        Tensor ends = start;
        if (steps > 1) {
            Tensor counts = Ops.arange(1, steps);
            Tensor lengths = Ops.expandDims(Ops.cast(outputLength, DType.INT32), 1);
            ends = Ops.scan((carry, now) -> new Ops.Scanned(List.of(Ops.where(
                    Ops.less(now.get(1), lengths), step(carry.get(0), now.get(0)), carry.get(0))), List.of()),
                    List.of(start), List.of(rest, counts)).carries().get(0);
        }
        Tensor last = Ops.expandDims(Ops.multiply(Ops.cast(targetLength, DType.INT32), 2), 1);
        Tensor final2 = Ops.takeAlongAxis(ends, last, 1);
        Tensor final1 = Ops.where(Ops.greater(last, 0), Ops.takeAlongAxis(ends, Ops.maximum(Ops.subtract(last, 1), 0), 1), NEVER);
        return Ops.negative(Ops.squeeze(Ops.logaddexp(final2, final1), 1));
    }

    /** The log-probabilities after one more step. */
    private Tensor step(Tensor before, Tensor emitted) {
        Tensor one = moved(before, 1);
        Tensor two = Ops.where(skippable, moved(before, 2), NEVER);
        return Ops.add(Ops.logaddexp(Ops.logaddexp(before, one), two), emitted);
    }

    private static Tensor moved(Tensor x, int by) {
        Tensor wide = Ops.pad(x, new int[][] {{0, 0}, {by, 0}}, NEVER);
        return SliceOps.range(wide, 1, 0, x.shape().dim(1));
    }

    static List<Tensor> decode(Tensor inputs, Tensor lengths, boolean mergeRepeated, int maskIndex) {
        long batch = inputs.shape().dim(0);
        long steps = inputs.shape().dim(1);
        int mask = maskIndex < 0 ? maskIndex + (int) inputs.shape().dim(2) : maskIndex;
        Tensor valid = Ops.less(Ops.expandDims(Ops.arange(steps), 0), Ops.expandDims(Ops.cast(lengths, DType.INT32), 1));
        Tensor best = Ops.argmax(inputs, -1);
        Tensor previous = SliceOps.range(Ops.pad(best, new int[][] {{0, 0}, {1, 0}}, -1), 1, 0, steps);
        Tensor kept = Ops.logicalAnd(valid, Ops.notEqual(best, mask));
        kept = mergeRepeated ? Ops.logicalAnd(kept, Ops.notEqual(best, previous)) : kept;
        Tensor place = Ops.where(kept, Ops.subtract(Ops.cumsum(kept, 1), 1), steps);
        Tensor row = Ops.broadcastTo(Ops.expandDims(Ops.arange(batch), 1), place.shape());
        Tensor empty = Ops.full(Shape.of(batch, steps + 1), -1, DType.INT32);
        Tensor packed = OpsBase.apply(new ScatterNd(ScatterKind.SET), empty, Ops.stack(List.of(row, place), 2), best);
        Tensor score = Ops.negative(Ops.sum(Ops.where(valid, Ops.max(inputs, -1), 0), 1, true));
        return List.of(Ops.expandDims(SliceOps.range(packed, 1, 0, steps), 0), score);
    }
}
