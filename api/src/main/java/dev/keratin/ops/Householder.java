package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;

/** Orthogonal triangularisation; reflections have LAPACK's signs. */
final class Householder {
    private Householder() {}

    static List<Tensor> qr(Tensor a, boolean complete) {
        long m = a.shape().dim(-2);
        long n = a.shape().dim(-1);
        long steps = Math.min(m, n);
        Shape square = a.shape().subShape(0, a.rank() - 2).concat(Shape.of(m, m));
        Tensor index = Ops.arange(m);
        List<Tensor> end = Ops.foriLoop(0, (int) steps, (k, state) -> reflected(k, state, index),
                List.of(a, Ops.broadcastTo(Ops.eye(m, m, 0, a.dtype()), square)));
        long kept = complete ? m : steps;
        Tensor r = Ops.triu(Ops.getItem(end.get(0), "..., :" + kept + ", :"));
        return List.of(Ops.getItem(end.get(1), "..., :" + kept), r);
    }

    /** Clears column k below the diagonal by the reflection I - beta v v^T. */
    private static List<Tensor> reflected(Tensor k, List<Tensor> state, Tensor index) {
        Tensor column = Ops.where(Ops.greaterEqual(index, k), Ops.take(state.get(0), k, -1), 0);
        Tensor below = Ops.sum(Ops.square(Ops.where(Ops.greater(index, k), column, 0)), -1, true);
        Tensor done = Ops.equal(below, 0);
        Tensor first = Ops.expandDims(Ops.take(column, k, -1), -1);
        Tensor length = Ops.sqrt(Ops.where(done, 1, Ops.add(Ops.square(first), below)));
        Tensor signed = Ops.where(Ops.less(first, 0), Ops.negative(length), length);
        Tensor v = Ops.where(Ops.equal(index, k), Ops.add(column, signed), column);
        Tensor squares = Ops.sum(Ops.square(v), -1, true);
        Tensor beta = Ops.where(done, 0, Ops.divide(2, Ops.where(done, 1, squares)));
        Tensor standing = Ops.expandDims(v, -1);
        Tensor lying = Ops.expandDims(Ops.multiply(v, beta), -2);
        Tensor r = Ops.subtract(state.get(0), Ops.matmul(standing, Ops.matmul(lying, state.get(0))));
        Tensor q = Ops.subtract(state.get(1), Ops.matmul(Ops.matmul(state.get(1), standing), lying));
        return List.of(r, q);
    }
}
