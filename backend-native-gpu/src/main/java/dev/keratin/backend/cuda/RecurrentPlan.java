package dev.keratin.backend.cuda;

/**
 * How a library computes a recurrent layer. Its calls take the lengths of the sequences, int32 [batch], first; an address of 0
 * stands for what there is not, zeros or a result that nobody wants.
 *
 * @param reserveBytes what the forward pass leaves for the gradient, which may change it; 0 unless in training
 * @param forward operands: lengths, input, h0, c0, weights; results: output, last h, last c, reserve
 * @param dataGradient operands: lengths, output, its gradient, h0, c0, gradient of the last c, weights, reserve; results:
 *     gradients of input, h0 and c0
 * @param weightGradient after {@code dataGradient}; operands: lengths, input, h0, output, reserve; adds to gradients that are
 *     laid out like the weights
 */
record RecurrentPlan(RecurrentWeights weights, long reserveBytes, LibraryCall forward, LibraryCall dataGradient,
        LibraryCall weightGradient) {
    private static final long ALIGNMENT = 256;

    /** Bytes that are kept for the gradient: the reserve, then the weights. */
    long keptBytes() {
        return weightsOffset() + weights.bytes();
    }

    /** Where the weights begin in what is kept. */
    long weightsOffset() {
        return (reserveBytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
