package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.GatherElements;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Crossentropies and attention.
 *
 * <p>The crossentropy of what {@link #softmax} or {@link #sigmoid} gave is computed from what they were given, as Keras
 * does: no digits are lost and gradients don't vanish where a probability is 0 or 1.
 */
abstract class NnOps extends NormalizationOps {
    NnOps() {}

    /**
     * {@code -(target * log(output) + (1 - target) * log(1 - output))} for each element.
     *
     * @param output probabilities, cut to [1e-7, 1 - 1e-7]; or real numbers with {@code fromLogits}
     */
    public static Tensor binaryCrossentropy(Tensor target, Tensor output, boolean fromLogits) {
        if (symbolic(target, output)) {
            return node("BinaryCrossentropy", target, output, fromLogits);
        }
        requireSame("binaryCrossentropy", target, output);
        Tensor logits = fromLogits ? output : output.logits();
        Tensor labels = cast(target, floating(output).dtype());
        if (logits != null) {
            Tensor positive = greaterEqual(logits, 0);
            Tensor rectified = where(positive, logits, 0);
            Tensor negated = where(positive, negative(logits), logits);
            return add(subtract(rectified, multiply(logits, labels)), softplus(negated));
        }
        Tensor cut = clip(output, Configuration.epsilon(), 1 - Configuration.epsilon());
        return negative(add(multiply(labels, log(cut)), multiply(subtract(1, labels), log(subtract(1, cut)))));
    }

    /**
     * {@code -sum(target * log(output))} along an axis, which vanishes.
     *
     * @param target probabilities of the shape of the output
     * @param output probabilities, divided by their sum and cut to [1e-7, 1 - 1e-7]; or real numbers with {@code fromLogits}
     */
    public static Tensor categoricalCrossentropy(Tensor target, Tensor output, boolean fromLogits, int axis) {
        if (symbolic(target, output)) {
            return node("CategoricalCrossentropy", target, output, fromLogits, axis);
        }
        requireSame("categoricalCrossentropy", target, output);
        Tensor logits = fromLogits ? output : output.logits();
        Tensor labels = cast(target, floating(output).dtype());
        Tensor logs = logits != null ? logSoftmax(logits, axis)
                : log(clip(divide(output, sum(output, axis, true)), Configuration.epsilon(), 1 - Configuration.epsilon()));
        return negative(sum(multiply(labels, logs), axis, false));
    }

    /** {@link #categoricalCrossentropy(Tensor, Tensor, boolean, int)} along the last axis. */
    public static Tensor categoricalCrossentropy(Tensor target, Tensor output, boolean fromLogits) {
        return categoricalCrossentropy(target, output, fromLogits, -1);
    }

    /**
     * {@code -log(output[..., target])}: [...]. A label outside of 0 to classes - 1 is an error when the program runs.
     *
     * @param target integers [...] or [..., 1]
     * @param output probabilities [..., classes], cut to [1e-7, 1 - 1e-7] and divided by their sum; or real numbers with
     *     {@code fromLogits}
     */
    public static Tensor sparseCategoricalCrossentropy(Tensor target, Tensor output, boolean fromLogits) {
        if (symbolic(target, output)) {
            return node("SparseCategoricalCrossentropy", target, output, fromLogits);
        }
        Tensor labels = target.rank() == output.rank() && target.shape().dim(-1) == 1 ? target : expandDims(target, -1);
        requireLabels(labels, output);
        Tensor logits = fromLogits ? output : output.logits();
        Tensor logs = logSoftmax(logits != null ? logits
                : log(clip(output, Configuration.epsilon(), 1 - Configuration.epsilon())));
        return negative(squeeze(apply(new GatherElements(output.rank() - 1), logs, indices(labels)), -1));
    }

    /**
     * Scaled dot-product attention: {@code softmax(query . key * scale + bias) . value} for each head.
     *
     * @param query [batch, targets, heads, dim]
     * @param key [batch, sources, heads, dim]; with fewer heads each serves several of the query
     * @param value [batch, sources, heads, dim]
     * @return [batch, targets, heads, dim]
     */
    public static Tensor dotProductAttention(Tensor query, Tensor key, Tensor value, AttentionOptions options) {
        List<Tensor> all = new ArrayList<>(List.of(query, key, value));
        options.optional().forEach(all::add);
        Double scale = options.scale().isPresent() ? options.scale().getAsDouble() : null;
        return symbolic(all) ? node("DotProductAttention", query, key, value, options.bias(), options.mask(), scale, options.isCausal())
                : attention(all, options);
    }

    /** {@link #dotProductAttention(Tensor, Tensor, Tensor, AttentionOptions)} without bias and mask. */
    public static Tensor dotProductAttention(Tensor query, Tensor key, Tensor value) {
        return dotProductAttention(query, key, value, new AttentionOptions());
    }

    private static Tensor attention(List<Tensor> in, AttentionOptions options) {
        List<Tensor> three = sameType("dotProductAttention", in.subList(0, 3));
        requireHeads(three);
        Tensor query = three.get(0);
        int repeats = (int) (query.shape().dim(2) / three.get(1).shape().dim(2));
        Tensor key = repeats == 1 ? three.get(1) : repeat(three.get(1), repeats, 2);
        Tensor value = repeats == 1 ? three.get(2) : repeat(three.get(2), repeats, 2);
        double scale = options.scale().orElse(1 / Math.sqrt(key.shape().dim(-1)));
        Tensor scores = multiply(widened(einsum("BTNH,BSNH->BNTS", query, key)), scale);
        scores = options.bias() == null ? scores : add(scores, cast(in.get(3), scores.dtype()));
        Tensor mask = options.mask() == null ? null : truth(in.get(in.size() - 1));
        Tensor weights = softmax(masked(scores, mask, options.isCausal()));
        return einsum("BNTS,BSNH->BTNH", cast(weights, key.dtype()), value);
    }

    private static Tensor masked(Tensor scores, @Nullable Tensor mask, boolean causal) {
        Tensor past = causal ? tri(scores.shape().dim(2), scores.shape().dim(3), 0, DType.BOOL) : null;
        Tensor both = mask == null ? past : past == null ? mask : logicalAnd(mask, past);
        return both == null ? scores : where(both, scores, -0.7 * 3.38953e38);
    }

    private static void requireHeads(List<Tensor> three) {
        long heads = three.get(0).rank() == 4 ? three.get(0).shape().dim(2) : 0;
        boolean fits = heads > 0 && three.stream().allMatch(x -> x.rank() == 4)
                && three.get(1).shape().dim(2) > 0 && heads % three.get(1).shape().dim(2) == 0
                && three.get(2).shape().dim(2) == three.get(1).shape().dim(2);
        if (!fits) {
            throw new IllegalArgumentException("dotProductAttention: query, key and value [batch, steps, heads, dim] with heads"
                    + " of the query divisible by those of key and value are required. Received: "
                    + three.stream().map(Tensor::type).toList() + ". Split the last axis into heads with reshape.");
        }
    }

    private static void requireSame(String who, Tensor target, Tensor output) {
        if (!target.shape().equals(output.shape())) {
            throw new IllegalArgumentException(who + ": target and output of the same shape are required. Received: target="
                    + target.type() + ", output=" + output.type() + ". For integer labels use sparseCategoricalCrossentropy.");
        }
    }

    private static void requireLabels(Tensor labels, Tensor output) {
        if (output.rank() == 0 || labels.rank() != output.rank()
                || !labels.shape().remove(-1).equals(output.shape().remove(-1))) {
            throw new IllegalArgumentException("sparseCategoricalCrossentropy: one integer label for each [..., classes] of the"
                    + " output is required. Received: target (with a last axis of 1)=" + labels.type() + ", output=" + output.type()
                    + ". For one-hot targets use categoricalCrossentropy.");
        }
    }
}
