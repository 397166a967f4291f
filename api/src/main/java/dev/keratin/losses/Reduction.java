package dev.keratin.losses;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.config.NearMisses;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the values of a batch become one. */
enum Reduction {
    SUM_OVER_BATCH_SIZE,
    MEAN,
    MEAN_WITH_SAMPLE_WEIGHT,
    SUM,
    NONE;

    static Reduction of(String who, String name) {
        for (Reduction reduction : values()) {
            if (reduction.toString().equals(name)) {
                return reduction;
            }
        }
        throw new IllegalArgumentException(who + ": a known reduction is required. Received: \"" + name + "\". "
                + NearMisses.hint(name, Arrays.stream(values()).map(Reduction::toString).toList()));
    }

    /** What counts in both masks. */
    static @Nullable Tensor both(@Nullable Tensor a, @Nullable Tensor b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Ops.logicalAnd(a, b);
    }

    /** Weighted and reduced values; masked ones count neither in the sum nor in the mean. */
    Tensor reduce(Tensor values, @Nullable Tensor sampleWeight, @Nullable Tensor mask) {
        Tensor weight = weight(sampleWeight, mask, values.dtype());
        if (weight == null) {
            return total(values, null);
        }
        Ranks same = Ranks.match(values, weight);
        return total(Ops.multiply(same.first(), same.second()), same.second());
    }

    private @Nullable Tensor weight(@Nullable Tensor sampleWeight, @Nullable Tensor mask, DType dtype) {
        Tensor given = sampleWeight == null ? null : Ops.cast(sampleWeight, dtype);
        if (mask == null) {
            return given;
        }
        Tensor counting = maskWeight(Ops.cast(mask, dtype));
        if (given == null) {
            return counting;
        }
        Ranks same = Ranks.match(counting, given);
        return Ops.multiply(same.second(), same.first());
    }

    /** A mask whose mean is 1 where a mean over all values follows. */
    private Tensor maskWeight(Tensor mask) {
        if (this != SUM_OVER_BATCH_SIZE && this != MEAN) {
            return mask;
        }
        Tensor valid = Ops.sum(mask);
        Tensor none = Ops.equal(valid, 0);
        Tensor factor = Ops.where(none, 0.0, Ops.divide((double) mask.size(), Ops.where(none, 1.0, valid)));
        return Ops.multiply(mask, factor);
    }

    private Tensor total(Tensor values, @Nullable Tensor weight) {
        if (this == NONE || values.rank() == 0 || values.size() == 0) {
            return values;
        } else if (this == SUM) {
            return Ops.sum(values);
        } else if (this != MEAN_WITH_SAMPLE_WEIGHT || weight == null) {
            return Ops.mean(values);
        }
        Tensor total = Ops.sum(weight);
        Tensor none = Ops.equal(total, 0);
        return Ops.where(none, 0.0, Ops.divide(Ops.sum(values), Ops.where(none, 1.0, total)));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
