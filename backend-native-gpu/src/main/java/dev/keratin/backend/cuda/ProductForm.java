package dev.keratin.backend.cuda;

/** What a call of a matrix product computes beside the product itself and its {@link Epilogue}; y is what these two give. */
enum ProductForm {
    /** Nothing. */
    PLAIN,
    /** A second result: the sums over k of b, a vector [n]; where c is the gradient of weights, that of their bias. */
    SUMS,
    /** c = gelu(y), in its tanh form. */
    GELU,
    /** The same, with y as a second result. */
    GELU_KEPT,
    /** c = y * gelu'(z) for one more operand z [m, n]. */
    GELU_GRADIENT;

    /** Whether tanh is computed, by the library's own approximation. */
    boolean bends() {
        return this == GELU || this == GELU_KEPT || this == GELU_GRADIENT;
    }

    /** Whether a matrix [m, n] is read or written beside c. */
    boolean hasMatrix() {
        return this == GELU_KEPT || this == GELU_GRADIENT;
    }
}
