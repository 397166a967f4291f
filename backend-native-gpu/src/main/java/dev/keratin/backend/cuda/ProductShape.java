package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.compiler.StridedCopy;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;

/**
 * The sizes of a MatMul, under the names of {@link Product}.
 *
 * @param op says which operands are transposed
 * @param a the shape of the first operand
 * @param b the shape of the second operand
 * @param c the shape of the result
 */
record ProductShape(MatMul op, DType dtype, Shape a, Shape b, Shape c) {
    static ProductShape of(Node matMul) {
        return new ProductShape((MatMul) matMul.op(), matMul.output().type().dtype(), matMul.inputs().get(0).type().shape(),
                matMul.inputs().get(1).type().shape(), matMul.output().type().shape());
    }

    long m() {
        return c.dim(-2);
    }

    long n() {
        return c.dim(-1);
    }

    long k() {
        return a.dim(op.transposeA() ? -2 : -1);
    }

    Shape batch() {
        return batchOf(c);
    }

    private static Shape batchOf(Shape matrices) {
        return matrices.subShape(0, matrices.rank() - 2);
    }

    /** Whether a library may have it: of a floating type, not empty, and with operands that lie as the results do or are shared by all. */
    boolean suitsLibrary() {
        return dtype.isFloating() && k() > 0 && c.size() > 0 && isUniform(a) && isUniform(b);
    }

    /** Whether the matrices follow each other as those of the result do, or are a single one. */
    private boolean isUniform(Shape matrices) {
        return batchOf(matrices).size() == batch().size() || batchOf(matrices).size() == 1;
    }

    /** What is asked of a library; it must suit one. */
    Product product(Epilogue epilogue, ProductForm form) {
        long count = batch().size();
        boolean joined = batchOf(b).size() == 1 && !op.transposeA() && batchOf(a).size() == count;
        return new Product(dtype, dtype, op.transposeA(), op.transposeB(), joined ? m() * count : m(), n(), k(), joined ? 1 : count,
                batchOf(a).size() == 1 ? 0 : m() * k(), batchOf(b).size() == 1 ? 0 : k() * n(), epilogue, form);
    }

    /** Elements between the matrices of a, or b, that neighbouring results along each axis of the batch are made of. */
    long[] strides(Shape matrices) {
        long[] strides = StridedCopy.stretched(batchOf(matrices), batch());
        long size = matrices.dim(-1) * matrices.dim(-2);
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] *= size;
        }
        return strides;
    }
}
