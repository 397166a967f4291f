package dev.keratin;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The functions on tensors that everybody uses, under their {@code keras.ops} names in camelCase. They take concrete,
 * traced and symbolic tensors alike.
 *
 * <p>Element types follow Keras: {@link DTypes#resultType} for two operands, floatx for functions of real numbers on
 * integers. A Java number beside a tensor takes the tensor's type. What can't be computed throws
 * {@link IllegalArgumentException}, which says what is required, what was received and what to do.
 */
public final class Ops extends ComplexOps {
    private Ops() {}

    /**
     * Mean and variance along some axes.
     *
     * @param variance the mean of the squared distances from the mean
     */
    public record Moments(Tensor mean, Tensor variance) {}

    /**
     * The largest elements and where they were.
     *
     * @param values in descending order
     * @param indices int32
     */
    public record Largest(Tensor values, Tensor indices) {}

    /**
     * What one step of a scan, or the whole scan, hands on and gives out.
     *
     * @param carries what the next step begins with; after the scan, what the last step handed on
     * @param outputs what the step gives out; after the scan, all of it, stacked along a new first axis
     */
    public record Scanned(List<Tensor> carries, List<Tensor> outputs) {}

    /**
     * How often numbers fall into each of several bins, and where the bins end.
     *
     * @param counts for each bin, of the type of the numbers
     * @param edges the bins' ends, one more than there are bins
     */
    public record Histogram(Tensor counts, Tensor edges) {}

    /**
     * What a sequence was decoded to.
     *
     * @param labels int32 [paths, batch, steps], -1 after the last label; greedily there is one path
     * @param scores [batch, paths]: greedily the negated sum of the largest logits, else log-probabilities, in descending order
     */
    public record Decoded(Tensor labels, Tensor scores) {}

    /**
     * The distinct elements of a tensor.
     *
     * @param values in ascending order
     * @param indices where each occurs first in row-major order, int32
     * @param inverse for each element of the tensor its place in the values, int32
     * @param counts how often each occurs, int32
     */
    public record Unique(Tensor values, Tensor indices, Tensor inverse, Tensor counts) {}

    /**
     * What a function gives and how gradients pass through it.
     *
     * @param gradient from the gradients of the outputs to those of the inputs, each of its input's type
     */
    public record WithGradient(List<Tensor> outputs, UnaryOperator<List<Tensor>> gradient) {}
}
