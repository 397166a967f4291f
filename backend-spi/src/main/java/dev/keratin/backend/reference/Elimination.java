package dev.keratin.backend.reference;

import dev.keratin.backend.ir.Cholesky;
import dev.keratin.backend.ir.Lu;
import dev.keratin.backend.ir.TriangularSolve;
import java.util.List;
import java.util.stream.IntStream;

/** Triangular factors of square matrices, and systems with such factors. */
final class Elimination {
    private Elimination() {}

    static void register(Kernels kernels) {
        kernels.multiple(Cholesky.class, (op, x, step) -> Matrices.each(x, step, in -> List.<double[][]>of(cholesky(in.get(0)))));
        kernels.multiple(Lu.class, (op, x, step) -> Matrices.each(x, step, in -> lu(in.get(0))));
        kernels.multiple(TriangularSolve.class, (op, x, step) ->
                Matrices.each(x, step, in -> List.<double[][]>of(solved(op, in.get(0), in.get(1)))));
    }

    private static double[][] cholesky(double[][] x) {
        int n = x.length;
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = x[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= l[i][k] * l[j][k];
                }
                if (i == j && !(rest > 0) || !Double.isFinite(rest)) {
                    return Matrices.nan(n, n);
                }
                l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
            }
        }
        return l;
    }

    private static List<double[][]> lu(double[][] x) {
        int n = x.length;
        double[][] pivots = {IntStream.range(0, n).asDoubleStream().toArray()};
        double[][] order = {pivots[0].clone()};
        if (!Matrices.isFinite(x)) {
            return List.of(Matrices.nan(n, n), pivots, order);
        }
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(x[i][k]) > Math.abs(x[pivot][k]) ? i : pivot;
            }
            pivots[0][k] = pivot;
            exchange(x, order[0], k, pivot);
            for (int i = k + 1; i < n && x[k][k] != 0; i++) {
                x[i][k] /= x[k][k];
                for (int j = k + 1; j < n; j++) {
                    x[i][j] -= x[i][k] * x[k][j];
                }
            }
        }
        return List.of(x, pivots, order);
    }

    private static void exchange(double[][] rows, double[] order, int a, int b) {
        double[] row = rows[a];
        rows[a] = rows[b];
        rows[b] = row;
        double place = order[a];
        order[a] = order[b];
        order[b] = place;
    }

    private static double[][] solved(TriangularSolve op, double[][] a, double[][] b) {
        int n = a.length;
        double[][] triangle = op.transposed() ? Matrices.transposed(a, n) : a;
        boolean forward = op.lower() != op.transposed();
        for (int step = 0; step < n; step++) {
            int i = forward ? step : n - 1 - step;
            for (int j = 0; j < b[i].length; j++) {
                for (int k = forward ? 0 : i + 1; k < (forward ? i : n); k++) {
                    b[i][j] -= triangle[i][k] * b[k][j];
                }
                b[i][j] = op.unit() ? b[i][j] : b[i][j] / triangle[i][i];
            }
        }
        return b;
    }
}
