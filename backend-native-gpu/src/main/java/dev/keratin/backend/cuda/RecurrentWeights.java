package dev.keratin.backend.cuda;

import java.util.List;

/**
 * Where a library wants the weights of a recurrent layer: all in one block, in places of its own. Gates are listed in the
 * order of {@link Recurrence.Cell}; places are counted in elements from the start of the block.
 *
 * @param bytes the size of the block
 * @param kernels of each gate the matrix that belongs to the input
 * @param recurrents of each gate the matrix that belongs to the state
 * @param biases of each gate the first element [units] of the bias in the product with the input
 * @param recurrentBiases of each gate that of the bias in the product with the state
 */
record RecurrentWeights(long bytes, List<Matrix> kernels, List<Matrix> recurrents, List<Long> biases, List<Long> recurrentBiases) {
    /**
     * A matrix [units, n].
     *
     * @param start the first element
     * @param rows elements between neighbouring units
     * @param columns elements between neighbouring columns
     */
    record Matrix(long start, long rows, long columns) {}

    /** Copies the lists. */
    RecurrentWeights {
        kernels = List.copyOf(kernels);
        recurrents = List.copyOf(recurrents);
        biases = List.copyOf(biases);
        recurrentBiases = List.copyOf(recurrentBiases);
    }
}
