package dev.keratin.backend.cuda;

/** What a call of a matrix product computes beside the product itself and its {@link Epilogue}. */
enum ProductForm {
    /** Nothing. */
    PLAIN,
    /** A second result: the sums over k of b, a vector [n]; where c is the gradient of weights, that of their bias. */
    SUMS
}
