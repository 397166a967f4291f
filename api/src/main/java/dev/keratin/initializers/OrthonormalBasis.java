package dev.keratin.initializers;

/**
 * The factor Q of the QR decomposition of a matrix of normal numbers, by Householder's reflections, with the signs that
 * make R's diagonal positive: then Q is uniformly distributed among all of its shape.
 */
final class OrthonormalBasis {
    private final double[][] columns;
    private final double[] diagonal;

    private OrthonormalBasis(double[][] columns) {
        this.columns = columns;
        this.diagonal = new double[columns.length];
    }

    /** {@code count} orthonormal vectors of {@code length} elements, which is at least {@code count}. */
    static double[][] random(int length, int count, RandomStream stream) {
        double[][] columns = new double[count][length];
        for (int i = 0; i < length * count; i++) {
            columns[i % count][i / count] = stream.normal(i);
        }
        return new OrthonormalBasis(columns).orthonormal();
    }

    private double[][] orthonormal() {
        for (int k = 0; k < columns.length; k++) {
            reflect(k);
        }
        double[][] basis = new double[columns.length][columns.length == 0 ? 0 : columns[0].length];
        for (int j = 0; j < columns.length; j++) {
            basis[j][j] = diagonal[j] < 0 ? -1 : 1;
            for (int k = Math.min(j, columns.length - 1); k >= 0; k--) {
                apply(k, basis[j]);
            }
        }
        return basis;
    }

    /** Replaces column k by the unit normal of the mirror that maps it onto axis k, and mirrors the columns after it. */
    private void reflect(int k) {
        double[] column = columns[k];
        double norm = Math.sqrt(dot(column, column, k));
        diagonal[k] = column[k] > 0 ? -norm : norm;
        column[k] -= diagonal[k];
        double length = Math.sqrt(dot(column, column, k));
        for (int i = k; i < column.length; i++) {
            column[i] = length == 0 ? 0 : column[i] / length;
        }
        for (int j = k + 1; j < columns.length; j++) {
            apply(k, columns[j]);
        }
    }

    private void apply(int k, double[] vector) {
        double[] normal = columns[k];
        double twice = 2 * dot(normal, vector, k);
        for (int i = k; i < vector.length; i++) {
            vector[i] -= twice * normal[i];
        }
    }

    /** In four sums, which is several times as fast as in one. */
    private static double dot(double[] a, double[] b, int from) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = from;
        for (; i + 3 < a.length; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            sum0 += a[i] * b[i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }
}
