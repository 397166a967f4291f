package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The prefix beam search of connectionist temporal classification (Graves and Jaitly, 2014). After each step it keeps, for
 * each sample, the sequences of labels with the largest sums of probabilities over all paths that spell them: those that
 * end with the mask and those that end with the last label are summed apart.
 *
 * <p>Axes are named B for samples, W for kept sequences, C for classes, T for steps.
 */
final class BeamSearch {
    /** The logarithm of 0, finite so that differences are 0 and not NaN. */
    private static final double NEVER = -1e30;
    private static final double HARDLY_EVER = -1e29;

    private final Tensor logs;
    private final Tensor lengths;
    private final long batch;
    private final long steps;
    private final int classes;
    private final int width;
    private final int mask;

    /**
     * What is kept after a step.
     *
     * @param labels int32 [B, W, T], -1 after the last one
     * @param counts of labels, int32 [B, W]
     * @param masked the log-probability of paths that end with the mask, [B, W]
     * @param spoken that of paths that end with the last label, [B, W]
     */
    private record Beam(Tensor labels, Tensor counts, Tensor masked, Tensor spoken) {
        Tensor total() {
            return Ops.logaddexp(masked, spoken);
        }

        /** The last label, -1 for none: [B, W]. */
        Tensor last() {
            Tensor place = Ops.expandDims(Ops.maximum(Ops.subtract(counts, 1), 0), -1);
            return Ops.squeeze(Ops.takeAlongAxis(labels, place, -1), -1);
        }

        List<Tensor> parts() {
            return List.of(labels, counts, masked, spoken);
        }

        static Beam of(List<Tensor> parts) {
            return new Beam(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
        }
    }

    BeamSearch(Tensor inputs, Tensor lengths, DecodeOptions options) {
        Shape shape = inputs.shape();
        this.logs = Ops.logSoftmax(inputs.dtype() == DType.FLOAT64 ? inputs : Ops.cast(inputs, DType.FLOAT32));
        this.lengths = Ops.expandDims(Ops.cast(lengths, DType.INT32), 1);
        this.batch = shape.dim(0);
        this.steps = shape.dim(1);
        this.classes = (int) shape.dim(2);
        this.width = options.beamWidth();
        this.mask = options.maskIndex() < 0 ? options.maskIndex() + classes : options.maskIndex();
    }

    /** Labels [paths, B, T] and log-probabilities [B, paths]. */
    List<Tensor> decode(int paths) {
        List<Tensor> sequences = List.of(Ops.transpose(logs, 1, 0, 2), Ops.arange(steps));
        Beam last = Beam.of(Ops.scan((kept, now) -> new Ops.Scanned(step(Beam.of(kept), now.get(0), now.get(1)).parts(), List.of()),
                start().parts(), sequences).carries());
        Ops.Largest best = Ops.topK(last.total(), paths);
        Tensor labels = Ops.takeAlongAxis(last.labels, Ops.expandDims(best.indices(), -1), 1);
        return List.of(Ops.transpose(labels, 1, 0, 2), best.values());
    }

    private Beam start() {
        Tensor first = Ops.equal(Ops.broadcastTo(Ops.arange(width), batch, width), 0);
        Tensor never = Ops.full(Shape.of(batch, width), NEVER, logs.dtype());
        return new Beam(Ops.full(Shape.of(batch, width, steps), -1, DType.INT32), Ops.zeros(Shape.of(batch, width), DType.INT32),
                Ops.where(first, 0, never), never);
    }

    private Beam step(Beam beam, Tensor now, Tensor index) {
        List<Tensor> next = choose(beam, now).parts();
        Tensor counts = Ops.less(index, lengths);
        List<Tensor> kept = new ArrayList<>();
        for (int i = 0; i < next.size(); i++) {
            Tensor running = next.get(i).rank() == 3 ? Ops.expandDims(counts, -1) : counts;
            kept.add(Ops.where(running, next.get(i), beam.parts().get(i)));
        }
        return Beam.of(kept);
    }

    /** Of all sequences that stay and all that get one label more, the most likely ones. */
    private Beam choose(Beam beam, Tensor now) {
        Tensor last = beam.last();
        Tensor parent = isParent(beam);
        Tensor repeated = Ops.takeAlongAxis(now, Ops.maximum(last, 0), 1);
        Tensor masked = Ops.add(beam.total(), Ops.take(now, Tensor.of(new int[] {mask}), 1));
        Tensor spoken = Ops.logaddexp(Ops.where(Ops.greater(beam.counts, 0), Ops.add(beam.spoken, repeated), NEVER),
                Ops.add(fromParents(beam, parent, last), repeated));
        Tensor longer = Ops.reshape(longer(beam, now, parent, last), batch, -1);
        Tensor candidates = Ops.concatenate(List.of(Ops.logaddexp(masked, spoken), longer), 1);
        Ops.Largest best = Ops.topK(candidates, width);

        Tensor stays = Ops.less(best.indices(), width);
        Tensor extended = Ops.maximum(Ops.subtract(best.indices(), width), 0);
        Tensor from = Ops.where(stays, best.indices(), Ops.floorDivide(extended, classes));
        Tensor never = Ops.fullLike(best.values(), NEVER);
        Beam next = new Beam(labels(beam, from, stays, Ops.mod(extended, classes)),
                Ops.add(Ops.takeAlongAxis(beam.counts, from, 1), Ops.where(stays, Ops.zerosLike(from), Ops.onesLike(from))),
                Ops.where(stays, Ops.takeAlongAxis(masked, from, 1), never),
                Ops.where(stays, Ops.takeAlongAxis(spoken, from, 1), best.values()));
        return withoutNever(next, best.values());
    }

    /** Whether sequence j is sequence i and one label more: [B, i, j]. */
    private Tensor isParent(Beam beam) {
        Tensor end = Ops.equal(Ops.arange(steps), Ops.expandDims(Ops.subtract(beam.counts, 1), -1));
        Tensor shortened = Ops.where(end, Ops.fullLike(beam.labels, -1), beam.labels);
        Tensor same = Ops.all(Ops.equal(Ops.expandDims(beam.labels, 2), Ops.expandDims(shortened, 1)), -1);
        return Ops.logicalAnd(same, Ops.expandDims(Ops.greater(beam.counts, 0), 1));
    }

    /** What a label adds to: a repetition needs the mask between, [B, i, labels] for labels [B, 1, labels]. */
    private static Tensor before(Beam beam, Tensor labels, Tensor last) {
        return Ops.where(Ops.equal(Ops.expandDims(last, 2), labels), Ops.expandDims(beam.masked, 2), Ops.expandDims(beam.total(), 2));
    }

    private static Tensor fromParents(Beam beam, Tensor parent, Tensor last) {
        return Ops.max(Ops.where(parent, before(beam, Ops.expandDims(last, 1), last), NEVER), 1);
    }

    /** The sequences with one label more that are not kept already: [B, W, C]. */
    private Tensor longer(Beam beam, Tensor now, Tensor parent, Tensor last) {
        Tensor all = Ops.reshape(Ops.arange(classes), 1, 1, classes);
        Tensor spoken = Ops.add(before(beam, all, last), Ops.expandDims(now, 1));
        Tensor ends = Ops.equal(Ops.expandDims(last, -1), all);
        Tensor known = Ops.greater(Ops.matmul(Ops.cast(parent, now.dtype()), Ops.cast(ends, now.dtype())), 0);
        return Ops.where(Ops.logicalOr(known, Ops.equal(all, mask)), NEVER, spoken);
    }

    private Tensor labels(Beam beam, Tensor from, Tensor stays, Tensor label) {
        Tensor old = Ops.takeAlongAxis(beam.labels, Ops.expandDims(from, -1), 1);
        Tensor end = Ops.expandDims(Ops.takeAlongAxis(beam.counts, from, 1), -1);
        Tensor here = Ops.logicalAnd(Ops.equal(Ops.arange(steps), end), Ops.expandDims(Ops.logicalNot(stays), -1));
        return Ops.where(here, Ops.expandDims(label, -1), old);
    }

    /** Sequences that can't be are made empty, so that they are no other's parent or child. */
    private static Beam withoutNever(Beam beam, Tensor total) {
        Tensor possible = Ops.greater(total, HARDLY_EVER);
        return new Beam(Ops.where(Ops.expandDims(possible, -1), beam.labels, Ops.fullLike(beam.labels, -1)),
                Ops.where(possible, beam.counts, Ops.zerosLike(beam.counts)), Ops.where(possible, beam.masked, NEVER),
                Ops.where(possible, beam.spoken, NEVER));
    }
}
