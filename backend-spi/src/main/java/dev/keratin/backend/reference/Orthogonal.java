package dev.keratin.backend.reference;

import dev.keratin.backend.ir.Eigh;
import dev.keratin.backend.ir.Qr;
import dev.keratin.backend.ir.Svd;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Factors with orthonormal columns: Householder's reflections, and Jacobi's rotations (Golub and Van Loan, 5.2 and 8.5). */
final class Orthogonal {
    /** Convergence is quadratic; a handful is what it takes. */
    private static final int SWEEPS = 60;
    /** A product of unit vectors that rotating would not make smaller. */
    private static final double NEGLIGIBLE = 0x1p-52;

    private Orthogonal() {}

    static void register(Kernels kernels) {
        kernels.multiple(Qr.class, (op, x, step) -> Matrices.each(x, step, in -> qr(in.get(0), x.get(0).dim(-1), op.complete())));
        kernels.multiple(Eigh.class, (op, x, step) -> Matrices.each(x, step, in -> eigh(Matrices.symmetric(in.get(0)))));
        kernels.multiple(Svd.class, (op, x, step) -> Matrices.each(x, step, in -> svd(in.get(0), x.get(0).dim(-1), op.full())));
    }

    private static List<double[][]> qr(double[][] x, int n, boolean complete) {
        int m = x.length;
        int k = complete ? m : Math.min(m, n);
        if (!Matrices.isFinite(x)) {
            return List.of(Matrices.nan(m, k), Matrices.nan(k, n));
        }
        double[][] turned = Matrices.unit(m);
        for (int i = 0; i < Math.min(m, n); i++) {
            double[] normal = normal(x, i);
            reflect(x, normal);
            reflect(turned, normal);
            for (int row = i + 1; row < m; row++) {
                x[row][i] = 0;
            }
        }
        double[][] q = Matrices.transposed(turned, m);
        return List.of(Arrays.stream(q).map(row -> Arrays.copyOf(row, k)).toArray(double[][]::new), Arrays.copyOf(x, k));
    }

    /** The normal of the mirror that maps column i, from row i on, onto axis i; 0 where it lies there already. */
    private static double[] normal(double[][] x, int i) {
        double[] normal = new double[x.length];
        double below = 0;
        for (int row = i; row < x.length; row++) {
            normal[row] = x[row][i];
            below = row > i ? Math.hypot(below, x[row][i]) : below;
        }
        if (below == 0) {
            return new double[x.length];
        }
        normal[i] += Math.copySign(Math.hypot(below, x[i][i]), x[i][i]);
        double length = Math.sqrt(dot(normal, normal));
        return Arrays.stream(normal).map(element -> element / length).toArray();
    }

    private static void reflect(double[][] x, double[] normal) {
        for (int column = 0; x.length > 0 && column < x[0].length; column++) {
            double sum = 0;
            for (int row = 0; row < x.length; row++) {
                sum += normal[row] * x[row][column];
            }
            for (int row = 0; row < x.length; row++) {
                x[row][column] -= 2 * normal[row] * sum;
            }
        }
    }

    private static List<double[][]> eigh(double[][] x) {
        int n = x.length;
        if (!Matrices.isFinite(x)) {
            return List.of(Matrices.nan(1, n), Matrices.nan(n, n));
        }
        double[][] vectors = Matrices.unit(n);
        double size = Math.sqrt(Arrays.stream(x).mapToDouble(row -> dot(row, row)).sum());
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (Math.abs(x[p][q]) > NEGLIGIBLE * NEGLIGIBLE * size) {
                        diagonalize(x, vectors, p, q);
                    }
                }
            }
        }
        Integer[] order = order(n, Comparator.comparingDouble(i -> x[i][i]));
        double[] values = Arrays.stream(order).mapToDouble(i -> x[i][i]).toArray();
        return List.of(new double[][] {values}, Matrices.transposed(picked(vectors, order), n));
    }

    /** The rotation in the plane of two axes that makes the element where they meet 0. Vectors are rows. */
    private static void diagonalize(double[][] x, double[][] vectors, int p, int q) {
        double tangent = tangent(x[p][p], x[q][q], x[p][q]);
        rotate(x, p, q, tangent);
        double[][] turned = Matrices.transposed(x, x.length);
        rotate(turned, p, q, tangent);
        for (int row = 0; row < x.length; row++) {
            x[row] = turned[row];
        }
        x[p][q] = 0;
        x[q][p] = 0;
        rotate(vectors, p, q, tangent);
    }

    private static double tangent(double first, double second, double meeting) {
        double ratio = (second - first) / (2 * meeting);
        return Math.copySign(1, ratio) / (Math.abs(ratio) + Math.hypot(1, ratio));
    }

    private static void rotate(double[][] rows, int p, int q, double tangent) {
        double cos = 1 / Math.hypot(1, tangent);
        double sin = tangent * cos;
        for (int i = 0; i < rows[p].length; i++) {
            double a = rows[p][i];
            double b = rows[q][i];
            rows[p][i] = cos * a - sin * b;
            rows[q][i] = sin * a + cos * b;
        }
    }

    private static List<double[][]> svd(double[][] x, int n, boolean full) {
        int m = x.length;
        int k = Math.min(m, n);
        if (!Matrices.isFinite(x)) {
            return List.of(Matrices.nan(m, full ? m : k), Matrices.nan(1, k), Matrices.nan(full ? n : k, n));
        }
        if (m < n) {
            List<double[][]> turned = svd(Matrices.transposed(x, n), m, full);
            double[][] u = turned.get(2);
            double[][] v = turned.get(0);
            return List.of(Matrices.transposed(u, m), turned.get(1), Matrices.transposed(v, full ? n : k));
        }
        double[][] columns = Matrices.transposed(x, n);
        double[][] vectors = Matrices.unit(n);
        orthogonalize(columns, vectors);
        Integer[] order = order(n, Comparator.comparingDouble(i -> -dot(columns[i], columns[i])));
        double[] sizes = Arrays.stream(order).mapToDouble(i -> Math.sqrt(dot(columns[i], columns[i]))).toArray();
        double[][] u = basis(picked(columns, order), sizes, m, full ? m : k);
        return List.of(Matrices.transposed(u, m), new double[][] {sizes}, picked(vectors, order));
    }

    /** Rotates pairs of rows until all are orthogonal, and other rows alike (Hestenes, 1958). */
    private static void orthogonalize(double[][] rows, double[][] others) {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int p = 0; p < rows.length; p++) {
                for (int q = p + 1; q < rows.length; q++) {
                    double product = dot(rows[p], rows[q]);
                    double first = dot(rows[p], rows[p]);
                    double second = dot(rows[q], rows[q]);
                    if (Math.abs(product) > NEGLIGIBLE * Math.sqrt(first) * Math.sqrt(second)) {
                        double tangent = tangent(first, second, product);
                        rotate(rows, p, q, tangent);
                        rotate(others, p, q, tangent);
                    }
                }
            }
        }
    }

    /** Vectors divided by their lengths; those of length 0 and missing ones are made orthogonal to the others. */
    private static double[][] basis(double[][] vectors, double[] lengths, int size, int wanted) {
        double[][] basis = new double[wanted][];
        for (int i = 0; i < wanted; i++) {
            boolean isGiven = i < vectors.length && lengths[i] > 4 * size * NEGLIGIBLE * lengths[0];
            double length = isGiven ? lengths[i] : 0;
            basis[i] = isGiven ? Arrays.stream(vectors[i]).map(element -> element / length).toArray() : missing(basis, i, size);
        }
        return basis;
    }

    /** A unit vector orthogonal to the first {@code count} ones: what they leave of an axis, the one they leave most of. */
    private static double[] missing(double[][] basis, int count, int size) {
        double[] best = new double[size];
        for (int axis = 0; axis < size; axis++) {
            double[] rest = new double[size];
            rest[axis] = 1;
            for (int i = 0; i < 2 * count; i++) {
                double[] given = basis[i % count];
                MatrixProduct.addMultiple(-dot(given, rest), given, 0, rest, 0, size);
            }
            best = dot(rest, rest) > dot(best, best) ? rest : best;
        }
        double length = Math.sqrt(dot(best, best));
        return Arrays.stream(best).map(element -> element / length).toArray();
    }

    private static Integer[] order(int n, Comparator<Integer> comparator) {
        return IntStream.range(0, n).boxed().sorted(comparator).toArray(Integer[]::new);
    }

    private static double[][] picked(double[][] rows, Integer[] order) {
        return Arrays.stream(order).map(i -> rows[i]).toArray(double[][]::new);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
