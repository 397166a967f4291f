package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Cholesky;
import dev.keratin.backend.ir.Eig;
import dev.keratin.backend.ir.Eigh;
import dev.keratin.backend.ir.Lu;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Qr;
import dev.keratin.backend.ir.Svd;
import dev.keratin.backend.ir.TriangularSolve;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * The arithmetic operations of linear algebra for matrices [m, n], in the leading order (Golub and Van Loan, "Matrix
 * Computations"); those of iterations as they usually are.
 */
final class MatrixCost {
    private static final Map<Class<? extends Op>, DoubleBinaryOperator> TABLE = Map.of(
            Cholesky.class, (m, n) -> n * n * n / 3,
            Lu.class, (m, n) -> 2 * n * n * n / 3,
            TriangularSolve.class, (m, n) -> m * m * n,
            Qr.class, (m, n) -> 4 * Math.max(m, n) * Math.min(m, n) * Math.min(m, n),
            Eigh.class, (m, n) -> 9 * n * n * n,
            Svd.class, (m, n) -> 14 * Math.max(m, n) * Math.min(m, n) * Math.min(m, n),
            Eig.class, (m, n) -> 25 * n * n * n);

    private MatrixCost() {}

    static boolean covers(Op op) {
        return TABLE.containsKey(op.getClass());
    }

    static long flops(Node node) {
        Shape shape = node.inputs().get(node.inputs().size() - 1).type().shape();
        long count = shape.subShape(0, shape.rank() - 2).size();
        return count * (long) TABLE.get(node.op().getClass()).applyAsDouble(shape.dim(-2), shape.dim(-1));
    }
}
