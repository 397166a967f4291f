package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;

/**
 * Row-major matrix products c = a * b, of floating types, {@code batch} times. Operands a [m, k] ([k, m] if transposed),
 * b [k, n] ([n, k] if transposed), dense; result c [m, n]. 16-bit types are accumulated in float32.
 *
 * @param result the element type of c: {@code dtype}, or float32 for operands of 16 bits
 * @param strideA elements between the matrices of neighbouring products; 0 if all share one
 * @param strideB likewise
 * @param epilogue what is done to the sums before they are stored
 * @param form what is computed beside
 */
record Product(DType dtype, DType result, boolean transposeA, boolean transposeB,
        long m, long n, long k, long batch, long strideA, long strideB, Epilogue epilogue, ProductForm form) {
    private static final int MATRIX_ELEMENTS = 8;

    /** Without an epilogue. */
    Product(DType dtype, DType result, boolean transposeA, boolean transposeB,
            long m, long n, long k, long batch, long strideA, long strideB) {
        this(dtype, result, transposeA, transposeB, m, n, k, batch, strideA, strideB, Epilogue.NONE, ProductForm.PLAIN);
    }

    /** Whether it is nothing but a product. */
    boolean isPlain() {
        return epilogue.equals(Epilogue.NONE) && form == ProductForm.PLAIN;
    }

    /** Whether relu, gelu or its gradient is applied. */
    boolean isBent() {
        return epilogue.relu() || form.bends();
    }

    /** How many operands there are: a, b, those of the epilogue, and that of the form. */
    int operands() {
        return 2 + (epilogue.residual() ? 1 : 0) + (epilogue.bias() ? 1 : 0) + (form == ProductForm.GELU_GRADIENT ? 1 : 0);
    }

    /** How many results there are: c, and what is computed beside. */
    int results() {
        return form == ProductForm.SUMS || form == ProductForm.GELU_KEPT ? 2 : 1;
    }

    /** Whether cuBLASLt may have it: a matrix that its epilogue reads or writes has columns of a multiple of 8 elements there. */
    boolean isRegular() {
        return form == ProductForm.PLAIN || batch == 1 && (!form.hasMatrix() || n % MATRIX_ELEMENTS == 0);
    }

    /** The bytes of the largest operand. */
    long operandBytes() {
        long a = m * k + (batch - 1) * strideA;
        long b = k * n + (batch - 1) * strideB;
        return Math.max(Math.max(a, b) * dtype.byteSize(), resultBytes());
    }

    /** The bytes of the largest result. */
    long resultBytes() {
        return batch * m * n * result.byteSize();
    }
}
