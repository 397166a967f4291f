package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.List;

/** Eliminations column by column, each step on whole matrices. */
final class Factorizations {
    /** A factorisation and the sign of its permutation. */
    record Pivoted(Tensor lu, Tensor permutation, Tensor sign) {}

    private Factorizations() {}

    static Pivoted lu(Tensor a) {
        long n = a.shape().dim(-1);
        Shape batch = a.shape().subShape(0, a.rank() - 2);
        Tensor index = Ops.arange(n);
        List<Tensor> start = List.of(a, Ops.broadcastTo(index, batch.concat(Shape.of(n))), Ops.ones(batch, a.dtype()));
        List<Tensor> end = Ops.foriLoop(0, (int) n, (k, state) -> eliminated(k, state, index), start);
        return new Pivoted(end.get(0), end.get(1), end.get(2));
    }

    /** Brings the largest element of column k, on or below the diagonal, to the diagonal and clears what is below. */
    private static List<Tensor> eliminated(Tensor k, List<Tensor> state, Tensor index) {
        Tensor a = state.get(0);
        Tensor size = Ops.where(Ops.greaterEqual(index, k), Ops.abs(Ops.take(a, k, -1)), -1);
        Tensor pivot = Ops.argmax(size, -1);
        Tensor isPivot = Ops.equal(index, Ops.expandDims(pivot, -1));
        Tensor isK = Ops.equal(index, k);
        Tensor pivotRow = Ops.sum(Ops.where(Ops.expandDims(isPivot, -1), a, 0), -2);
        Tensor swapped = Ops.where(Ops.expandDims(isK, -1), Ops.expandDims(pivotRow, -2),
                Ops.where(Ops.expandDims(isPivot, -1), Ops.expandDims(Ops.take(a, k, -2), -2), a));
        Tensor order = state.get(1);
        Tensor pivotPlace = Ops.sum(Ops.where(isPivot, order, 0), -1);
        Tensor newOrder = Ops.where(isK, Ops.expandDims(pivotPlace, -1),
                Ops.where(isPivot, Ops.expandDims(Ops.take(order, k, -1), -1), order));
        Tensor divisor = Ops.take(pivotRow, k, -1);
        Tensor safe = Ops.where(Ops.equal(divisor, 0), 1, divisor);
        Tensor factor = Ops.where(Ops.greater(index, k), Ops.divide(Ops.take(swapped, k, -1), Ops.expandDims(safe, -1)), 0);
        Tensor right = Ops.where(Ops.greater(index, k), pivotRow, 0);
        Tensor reduced = Ops.subtract(swapped, Ops.multiply(Ops.expandDims(factor, -1), Ops.expandDims(right, -2)));
        Tensor stored = Ops.logicalAnd(Ops.expandDims(Ops.greater(index, k), -1), isK);
        Tensor sign = Ops.where(Ops.equal(pivot, k), state.get(2), Ops.negative(state.get(2)));
        return List.of(Ops.where(stored, Ops.expandDims(factor, -1), reduced), newOrder, sign);
    }

    static Tensor solve(Tensor a, Tensor b) {
        Pivoted pivoted = lu(a);
        Shape batch = Shape.broadcast(a.shape().subShape(0, a.rank() - 2), b.shape().subShape(0, b.rank() - 2));
        Tensor all = Ops.broadcastTo(b, batch.concat(b.shape().subShape(b.rank() - 2, b.rank())));
        Tensor ordered = Ops.takeAlongAxis(all, Ops.expandDims(pivoted.permutation(), -1), -2);
        Tensor forward = substituted(Ops.tril(pivoted.lu()), ordered, true, true);
        return substituted(Ops.triu(pivoted.lu()), forward, false, false);
    }

    /** The x with a x = b for a triangle, whose diagonal counts as 1 if {@code unit}. */
    static Tensor substituted(Tensor a, Tensor b, boolean lower, boolean unit) {
        int n = (int) a.shape().dim(-1);
        Tensor index = Ops.arange(n);
        Shape batch = Shape.broadcast(a.shape().subShape(0, a.rank() - 2), b.shape().subShape(0, b.rank() - 2));
        Tensor start = Ops.zeros(batch.concat(Shape.of(n, b.shape().dim(-1))), b.dtype());
        return Ops.foriLoop(0, n, (step, state) -> {
            Tensor i = lower ? step : Ops.subtract(n - 1, step);
            Tensor row = Ops.take(a, i, -2);
            Tensor known = Ops.squeeze(Ops.matmul(Ops.expandDims(row, -2), state.get(0)), -2);
            Tensor rest = Ops.subtract(Ops.take(b, i, -2), known);
            Tensor found = unit ? rest : Ops.divide(rest, Ops.expandDims(Ops.take(row, i, -1), -1));
            return List.of(Ops.where(Ops.expandDims(Ops.equal(index, i), -1), Ops.expandDims(found, -2), state.get(0)));
        }, List.of(start)).get(0);
    }

    static Tensor cholesky(Tensor a) {
        int n = (int) a.shape().dim(-1);
        Tensor index = Ops.arange(n);
        return Ops.foriLoop(0, n, (k, state) -> {
            Tensor lower = state.get(0);
            Tensor before = Ops.squeeze(Ops.matmul(lower, Ops.expandDims(Ops.take(lower, k, -2), -1)), -1);
            Tensor column = Ops.subtract(Ops.take(a, k, -1), before);
            Tensor root = Ops.expandDims(Ops.sqrt(Ops.take(column, k, -1)), -1);
            Tensor filled = Ops.where(Ops.greater(index, k), Ops.divide(column, root), Ops.where(Ops.equal(index, k), root, 0));
            return List.of(Ops.where(Ops.equal(index, k), Ops.expandDims(filled, -1), lower));
        }, List.of(Ops.zerosLike(a))).get(0);
    }

    /** Indices as int32 known when a step is compiled. */
    static Tensor indices(long... values) {
        return Ops.constant(dev.keratin.backend.ir.Literal.longs(DType.INT32, values));
    }
}
