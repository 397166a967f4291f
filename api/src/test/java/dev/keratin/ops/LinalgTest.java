package dev.keratin.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.Backends;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Factors of random float64 matrices multiplied together again. */
class LinalgTest {
    /** A few hundred roundings of float64. */
    private static final double TOLERANCE = 1e-12;

    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    private static Tensor random(long... dims) {
        return Random.normal(Shape.of(dims), 0, 1, DType.FLOAT64, new SeedGenerator(3));
    }

    private static void requireClose(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        double largest = Ops.max(Ops.abs(Ops.subtract(a, b))).item();
        assertThat(largest).isCloseTo(0, within(TOLERANCE));
    }

    private static Tensor turned(Tensor x) {
        return Ops.swapaxes(x, -1, -2);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "5", "8"})
    void eigh_ofSymmetric_diagonalises(int n) {
        Tensor a = random(2, n, n);
        Tensor symmetric = Ops.add(a, turned(a));
        Linalg.Eigen eigen = Linalg.eigh(symmetric);
        Tensor scaled = Ops.multiply(eigen.vectors(), Ops.expandDims(eigen.values(), -2));
        requireClose(Ops.matmul(scaled, turned(eigen.vectors())), symmetric);
        requireClose(Ops.matmul(turned(eigen.vectors()), eigen.vectors()), Ops.broadcastTo(Ops.eye(n, n, 0, DType.FLOAT64), 2, n, n));
        requireClose(Ops.sort(eigen.values()), eigen.values());
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "6, 3", "3, 7", "1, 3"})
    void svd_anyShape_multipliesToTheMatrix(int m, int n) {
        Tensor a = random(2, m, n);
        int k = Math.min(m, n);
        Linalg.SVD svd = Linalg.svd(a, false);
        requireClose(Ops.matmul(Ops.multiply(svd.u(), Ops.expandDims(svd.s(), -2)), svd.v()), a);
        Linalg.SVD full = Linalg.svd(a, true);
        requireClose(Ops.matmul(turned(full.u()), full.u()), Ops.broadcastTo(Ops.eye(m, m, 0, DType.FLOAT64), 2, m, m));
        requireClose(Ops.matmul(full.v(), turned(full.v())), Ops.broadcastTo(Ops.eye(n, n, 0, DType.FLOAT64), 2, n, n));
        assertThat(full.s().shape()).isEqualTo(Shape.of(2, k));
    }

    @Test
    void svd_singularMatrix_hasOrthonormalColumns() {
        Tensor a = Ops.matmul(random(4, 2), random(2, 4));
        Linalg.SVD svd = Linalg.svd(a);
        requireClose(Ops.matmul(turned(svd.u()), svd.u()), Ops.eye(4, 4, 0, DType.FLOAT64));
        assertThat(Linalg.matrixRank(a).item()).isEqualTo(2);
    }

    @Test
    void luFactor_permutation_ordersTheRows() {
        Tensor a = random(5, 5);
        Linalg.LU lu = Linalg.luFactor(a);
        Tensor lower = Ops.add(Ops.tril(lu.lu(), -1), Ops.eye(5, 5, 0, DType.FLOAT64));
        requireClose(Ops.take(Ops.matmul(lower, Ops.triu(lu.lu())), lu.permutation(), 0), a);
    }

    @Test
    void det_singular_isZero() {
        assertThat(Linalg.det(Ops.ones(3, 3)).item()).isEqualTo(0);
        assertThat(Linalg.slogdet(Ops.ones(3, 3)).logarithm().item()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void solve_vectorsAndBatches_fit() {
        Tensor a = random(2, 4, 4);
        Tensor b = random(2, 4);
        requireClose(Ops.squeeze(Ops.matmul(a, Ops.expandDims(Linalg.solve(a, b), -1)), -1), b);
        requireClose(Ops.matmul(a, Linalg.inv(a)), Ops.broadcastTo(Ops.eye(4, 4, 0, DType.FLOAT64), 2, 4, 4));
    }

    @Test
    void solve_notSquare_isRefused() {
        assertThatThrownBy(() -> Linalg.solve(Ops.ones(3, 2), Ops.ones(3, 1))).hasMessage(
                "solve: square matrices [..., n, n] are required. Received: float32[3, 2]. Use lstsq or pinv for others.");
    }

    @Test
    void eig_ofARotation_isAPairOfConjugates() {
        Linalg.ComplexEigen eigen = Linalg.eig(Tensor.of(new double[] {0, -2, 2, 0}, 2, 2));
        requireClose(Ops.abs(eigen.values().imag()), Tensor.of(new double[] {2, 2}, 2));
        requireClose(eigen.values().real(), Ops.zeros(Shape.of(2), DType.FLOAT64));
        requireClose(Ops.sum(eigen.values().imag()), Ops.zeros(Shape.scalar(), DType.FLOAT64));
    }

    @Test
    void factors_of16BitNumbers_have16Bits() {
        Tensor lower = Linalg.cholesky(Ops.cast(Tensor.of(new double[] {4, 2, 2, 5}, 2, 2), "float16"));
        assertThat(lower.dtype()).isEqualTo(DType.FLOAT16);
        assertThat(lower.toFloatArray()).containsExactly(2, 0, 1, 2);
    }
}
