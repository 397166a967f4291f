package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.List;

/**
 * A convolution or one of its gradients, as libraries take it: over 2 or 3 spatial axes, with the same number of zeros on
 * both sides of each. Input [batch, spatial..., channels], kernel [filters, spatial..., channels / groups], output [batch,
 * spatial..., filters], all dense; one of them is the result, by {@link Kind}. Sums are accumulated in float32.
 *
 * @param paddings zeros on each side
 * @param epilogue what is done to the result of {@link Kind#FORWARD} before it is stored
 */
record Convolution(Kind kind, DType dtype, Shape input, Shape kernel, Shape output, List<Integer> strides,
        List<Integer> paddings, List<Integer> dilations, Epilogue epilogue) {
    /** Which of the three tensors is computed from the others. */
    enum Kind {
        /** Operands: input, kernel, those of the epilogue; result: output. */
        FORWARD,
        /** Operands: gradient of the output, kernel; result: that of the input. */
        INPUT_GRADIENT,
        /** Operands: input, gradient of the output; result: that of the kernel. */
        KERNEL_GRADIENT
    }

    /** How many parts channels and filters fall into. */
    int groups() {
        return Math.toIntExact(input.dim(-1) / kernel.dim(-1));
    }
}
