package dev.keratin.metrics;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.losses.Ranks;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values and weights, both reduced to one for each sample.
 *
 * @param values weighted; [batch] or a scalar
 * @param weights [batch] or a scalar; null where all count as 1
 */
record Samplewise(Tensor values, @Nullable Tensor weights) {
    /** How further axes are reduced. */
    interface Reduction {
        Tensor apply(Tensor x, int[] axes);
    }

    static Samplewise of(Tensor given, @Nullable Tensor sampleWeight, Reduction reduction, DType dtype) {
        Tensor values = Ops.cast(given, dtype);
        if (sampleWeight == null) {
            return new Samplewise(reduced(values, 1, values.rank(), reduction), null);
        }
        Ranks same = Ranks.match(values, weights(sampleWeight, given.mask(), dtype));
        int weightRank = same.second().rank();
        Tensor narrow = reduced(same.first(), weightRank, same.first().rank(), reduction);
        Tensor weights = Ops.broadcastTo(same.second(), narrow.shape());
        Tensor weighted = Ops.multiply(narrow, weights);
        return new Samplewise(reduced(weighted, 1, weighted.rank(), reduction), reduced(weights, 1, weightRank, reduction));
    }

    /** The weights, 0 where the mask says that something doesn't count; null if there are neither. */
    static @Nullable Tensor masked(@Nullable Tensor sampleWeight, @Nullable Tensor mask, DType dtype) {
        if (sampleWeight == null) {
            return mask == null ? null : Ops.cast(mask, dtype);
        }
        return weights(sampleWeight, mask, dtype);
    }

    private static Tensor weights(Tensor sampleWeight, @Nullable Tensor mask, DType dtype) {
        Tensor weights = Ops.cast(sampleWeight, dtype);
        if (mask == null) {
            return weights;
        }
        Ranks same = Ranks.match(Ops.cast(mask, dtype), weights);
        return Ops.multiply(same.second(), same.first());
    }

    private static Tensor reduced(Tensor x, int from, int to, Reduction reduction) {
        return from >= to ? x : reduction.apply(x, IntStream.range(from, to).toArray());
    }
}
