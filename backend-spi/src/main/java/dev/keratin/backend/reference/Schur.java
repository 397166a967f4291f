package dev.keratin.backend.reference;

import dev.keratin.backend.ir.Eig;
import java.util.Arrays;
import java.util.List;

/**
 * Eigenvalues and eigenvectors of any square matrix x: q^H x q = t is made triangular by rotations in the planes of two
 * neighbouring axes, first to one diagonal below the main one, then by shifted QR steps (Golub and Van Loan, 7.4 and 7.5).
 */
final class Schur {
    /** After so many steps without progress another shift is tried. */
    private static final int STALLED = 10;
    private static final double EPSILON = 0x1p-52;

    private final int n;
    private final Complex[][] t;
    private final Complex[][] q;

    private Schur(double[][] x) {
        this.n = x.length;
        this.t = complex(x);
        this.q = complex(Matrices.unit(n));
        for (int column = 0; column < n; column++) {
            for (int row = n - 1; row > column + 1; row--) {
                clear(row, column);
            }
        }
        triangularize();
    }

    static void register(Kernels kernels) {
        kernels.multiple(Eig.class, (op, x, step) -> Matrices.each(x, step, in -> eig(in.get(0))));
    }

    private static List<double[][]> eig(double[][] x) {
        int n = x.length;
        if (!Matrices.isFinite(x)) {
            return List.of(Matrices.nan(1, n), Matrices.nan(1, n), Matrices.nan(n, n), Matrices.nan(n, n));
        }
        Schur schur = new Schur(x);
        double[][] values = new double[2][n];
        double[][][] vectors = new double[2][n][n];
        for (int k = 0; k < n; k++) {
            values[0][k] = schur.t[k][k].re();
            values[1][k] = schur.t[k][k].im();
            Complex[] vector = schur.vector(k);
            for (int row = 0; row < n; row++) {
                vectors[0][row][k] = vector[row].re();
                vectors[1][row][k] = vector[row].im();
            }
        }
        return List.of(new double[][] {values[0]}, new double[][] {values[1]}, vectors[0], vectors[1]);
    }

    private static Complex[][] complex(double[][] x) {
        return Arrays.stream(x).map(row -> Arrays.stream(row).mapToObj(each -> new Complex(each, 0)).toArray(Complex[]::new))
                .toArray(Complex[][]::new);
    }

    /** Makes an element 0 by a rotation of its row and the one above. */
    private void clear(int row, int column) {
        rotate(row, t[row - 1][column], t[row][column]);
        t[row][column] = Complex.ZERO;
    }

    /** Rotates rows {@code row - 1} and {@code row} so that a pair of elements would become (r, 0), columns back. */
    private void rotate(int row, Complex above, Complex below) {
        double length = Math.hypot(above.abs(), below.abs());
        if (below.abs() == 0 || length == 0) {
            return;
        }
        double cos = above.abs() / length;
        Complex sign = above.abs() == 0 ? Complex.ONE : above.times(1 / above.abs());
        Complex sin = sign.times(below.conjugate()).times(1 / length);
        for (int k = 0; k < n; k++) {
            Complex a = t[row - 1][k];
            Complex b = t[row][k];
            t[row - 1][k] = a.times(cos).plus(sin.times(b));
            t[row][k] = b.times(cos).minus(sin.conjugate().times(a));
        }
        rotateColumns(t, row, cos, sin);
        rotateColumns(q, row, cos, sin);
    }

    private static void rotateColumns(Complex[][] x, int column, double cos, Complex sin) {
        for (Complex[] row : x) {
            Complex a = row[column - 1];
            Complex b = row[column];
            row[column - 1] = a.times(cos).plus(sin.conjugate().times(b));
            row[column] = b.times(cos).minus(sin.times(a));
        }
    }

    private void triangularize() {
        int high = n - 1;
        int steps = 0;
        while (high > 0) {
            int low = high;
            while (low > 0 && !isNegligible(low)) {
                low--;
            }
            if (low == high) {
                high--;
                steps = 0;
            } else {
                step(low, high, steps++ % STALLED == STALLED - 1 ? t[high][high].plus(t[high][high - 1]) : shift(high));
            }
        }
    }

    private boolean isNegligible(int row) {
        double size = t[row - 1][row - 1].abs() + t[row][row].abs();
        if (t[row][row - 1].abs() <= EPSILON * size || t[row][row - 1].abs() < Double.MIN_NORMAL) {
            t[row][row - 1] = Complex.ZERO;
            return true;
        }
        return false;
    }

    /** The eigenvalue of the last two by two elements that is nearer to the last. */
    private Complex shift(int high) {
        Complex last = t[high][high];
        Complex half = t[high - 1][high - 1].minus(last).times(0.5);
        Complex root = half.times(half).plus(t[high - 1][high].times(t[high][high - 1])).sqrt();
        Complex one = last.plus(half).plus(root);
        Complex other = last.plus(half).minus(root);
        return one.minus(last).abs() < other.minus(last).abs() ? one : other;
    }

    /** One QR step on a block: the rotation that the shift asks for, then what it has spilt is chased down. */
    private void step(int low, int high, Complex shift) {
        rotate(low + 1, t[low][low].minus(shift), t[low + 1][low]);
        for (int row = low + 2; row <= high; row++) {
            clear(row, row - 2);
        }
    }

    /** The eigenvector of a value: that of t by substitution backwards, turned by q. */
    private Complex[] vector(int k) {
        Complex[] x = new Complex[n];
        Arrays.fill(x, Complex.ZERO);
        x[k] = Complex.ONE;
        double size = Arrays.stream(t).flatMap(Arrays::stream).mapToDouble(Complex::abs).max().orElse(0);
        double least = Math.max(EPSILON * size, Double.MIN_NORMAL);
        for (int i = k - 1; i >= 0; i--) {
            Complex sum = Complex.ZERO;
            for (int j = i + 1; j <= k; j++) {
                sum = sum.plus(t[i][j].times(x[j]));
            }
            Complex distance = t[k][k].minus(t[i][i]);
            x[i] = sum.over(distance.abs() < least ? new Complex(least, 0) : distance);
        }
        Complex[] turned = new Complex[n];
        for (int row = 0; row < n; row++) {
            turned[row] = Complex.ZERO;
            for (int j = 0; j <= k; j++) {
                turned[row] = turned[row].plus(q[row][j].times(x[j]));
            }
        }
        return normalized(turned);
    }

    private static Complex[] normalized(Complex[] vector) {
        double length = 0;
        Complex largest = Complex.ZERO;
        for (Complex each : vector) {
            length = Math.hypot(length, each.abs());
            largest = each.abs() > largest.abs() ? each : largest;
        }
        Complex factor = largest.conjugate().times(1 / largest.abs()).times(1 / length);
        return Arrays.stream(vector).map(factor::times).toArray(Complex[]::new);
    }
}
