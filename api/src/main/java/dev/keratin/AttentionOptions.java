package dev.keratin;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@link Ops#dotProductAttention} adds and hides. Immutable; every setter gives a changed copy. */
public final class AttentionOptions {
    private final @Nullable Tensor bias;
    private final @Nullable Tensor mask;
    private final OptionalDouble scale;
    private final boolean causal;

    /** No bias, no mask, scale 1 / sqrt(dim). */
    public AttentionOptions() {
        this(null, null, OptionalDouble.empty(), false);
    }

    private AttentionOptions(@Nullable Tensor bias, @Nullable Tensor mask, OptionalDouble scale, boolean causal) {
        this.bias = bias;
        this.mask = mask;
        this.scale = scale;
        this.causal = causal;
    }

    /** Added to the scores; stretches to [batch, heads, targets, sources]. */
    public AttentionOptions bias(@Nullable Tensor value) {
        return new AttentionOptions(value, mask, scale, causal);
    }

    /** Which sources each target may see; bool, stretches to [batch, heads, targets, sources]. */
    public AttentionOptions mask(@Nullable Tensor value) {
        return new AttentionOptions(bias, value, scale, causal);
    }

    /** What scores are multiplied by. */
    public AttentionOptions scale(double value) {
        return new AttentionOptions(bias, mask, OptionalDouble.of(value), causal);
    }

    /** Whether each target sees no later source. */
    public AttentionOptions isCausal(boolean value) {
        return new AttentionOptions(bias, mask, scale, value);
    }

    @Nullable Tensor bias() {
        return bias;
    }

    @Nullable Tensor mask() {
        return mask;
    }

    OptionalDouble scale() {
        return scale;
    }

    boolean isCausal() {
        return causal;
    }

    /** The tensors that are there, bias first. */
    List<Tensor> optional() {
        return Stream.of(bias, mask).flatMap(Stream::ofNullable).toList();
    }
}
