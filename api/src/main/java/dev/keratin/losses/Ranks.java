package dev.keratin.losses;

import dev.keratin.Ops;
import dev.keratin.Tensor;

/**
 * Two tensors whose ranks Keras has brought together.
 *
 * @param first the first one, with an axis of length 1 more or less at its end
 * @param second the second one, likewise
 */
public record Ranks(Tensor first, Tensor second) {
    /**
     * Where one has one axis more than the other and that is the last and of length 1, it is added to the other one if
     * that has one axis, else removed. In all other cases the tensors as they are.
     */
    public static Ranks match(Tensor first, Tensor second) {
        return match(first, second, true);
    }

    /** {@link #match(Tensor, Tensor)}, with a choice whether to add an axis to a tensor that has one. */
    public static Ranks match(Tensor first, Tensor second, boolean expand) {
        if (first.rank() == second.rank() + 1 && first.shape().dim(-1) == 1) {
            return second.rank() == 1 && expand
                    ? new Ranks(first, Ops.expandDims(second, -1)) : new Ranks(Ops.squeeze(first, -1), second);
        } else if (second.rank() == first.rank() + 1 && second.shape().dim(-1) == 1) {
            return first.rank() == 1 && expand
                    ? new Ranks(Ops.expandDims(first, -1), second) : new Ranks(first, Ops.squeeze(second, -1));
        }
        return new Ranks(first, second);
    }
}
