package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.MatMul;
import java.util.List;

/** Products of matrices. */
final class MatrixProduct {
    private MatrixProduct() {}

    static void register(Kernels kernels) {
        kernels.single(MatMul.class, MatrixProduct::matMul);
    }

    private static Tensor matMul(MatMul op, List<Tensor> operands, TensorType result) {
        Tensor a = op.transposeA() ? transposed(operands.get(0)) : operands.get(0);
        Tensor b = op.transposeB() ? transposed(operands.get(1)) : operands.get(1);
        Shape batch = result.shape().subShape(0, result.shape().rank() - 2);
        int[] firstsOfA = firsts(a, batch);
        int[] firstsOfB = firsts(b, batch);
        Tensor y = Tensor.zeros(result);
        int m = a.dim(-2);
        int n = b.dim(-1);
        for (int i = 0; i < firstsOfA.length; i++) {
            multiply(a, firstsOfA[i], b, firstsOfB[i], y, i * m * n);
        }
        return a.isFloating() ? Tensor.ofDoubles(result, y.doubles) : Tensor.ofLongs(result, y.longs);
    }

    private static Tensor transposed(Tensor x) {
        int rank = x.shape().rank();
        long[] strides = x.shape().strides();
        long last = strides[rank - 1];
        strides[rank - 1] = strides[rank - 2];
        strides[rank - 2] = last;
        Shape shape = x.shape().with(-1, x.dim(-2)).with(-2, x.dim(-1));
        return x.pick(shape, Offsets.of(shape, strides, 0));
    }

    /** For each place of the stretched batch axes, where the matrix begins that is used there. */
    private static int[] firsts(Tensor x, Shape batch) {
        int[] firsts = Offsets.stretched(x.shape().subShape(0, x.shape().rank() - 2), batch);
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] *= x.dim(-2) * x.dim(-1);
        }
        return firsts;
    }

    /** Adds the product of two matrices, each beginning at an offset; rows of b and y are walked in order. */
    private static void multiply(Tensor a, int aFirst, Tensor b, int bFirst, Tensor y, int yFirst) {
        int k = a.dim(-1);
        int n = b.dim(-1);
        for (int row = 0; row < a.dim(-2); row++) {
            for (int inner = 0; inner < k; inner++) {
                int at = aFirst + row * k + inner;
                if (a.isFloating()) {
                    addMultiple(a.doubles[at], b.doubles, bFirst + inner * n, y.doubles, yFirst + row * n, n);
                } else {
                    addMultiple(a.longs[at], b.longs, bFirst + inner * n, y.longs, yFirst + row * n, n);
                }
            }
        }
    }

    /** {@code y += factor * x} for a run of elements. */
    static void addMultiple(double factor, double[] x, int xFirst, double[] y, int yFirst, int count) {
        for (int i = 0; i < count; i++) {
            y[yFirst + i] += factor * x[xFirst + i];
        }
    }

    private static void addMultiple(long factor, long[] x, int xFirst, long[] y, int yFirst, int count) {
        for (int i = 0; i < count; i++) {
            y[yFirst + i] += factor * x[xFirst + i];
        }
    }
}
