package dev.keratin.functions;

import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static dev.keratin.functions.FunctionCase.all;
import static dev.keratin.functions.FunctionCase.of;

import dev.keratin.Complex;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.ops.Fft;
import dev.keratin.ops.Linalg;
import java.util.List;
import java.util.stream.Stream;

/** Products, linear algebra, Fourier transforms. */
final class ProductCases {
    private static final Tensor A = uniform(-1, 1, 3, 3);
    private static final Tensor TALL = uniform(-1, 1, 4, 2);
    private static final Tensor ROW = uniform(-1, 1, 3);
    private static final Tensor POSITIVE = Ops.add(Ops.matmul(A, Ops.transpose(A)), Ops.eye(3, 3, 0, DType.FLOAT64));

    private ProductCases() {}

    static Stream<FunctionCase> cases() {
        return Stream.of(products(), solutions(), factors(), transforms()).flatMap(each -> each);
    }

    private static Stream<FunctionCase> products() {
        Tensor stack = uniform(-1, 1, 2, 3, 4);
        return Stream.of(of("matmul", Ops::matmul, stack, uniform(0, 1, 4, 2)), of("matmul of a vector", Ops::matmul, uniform(-1, 1, 4), TALL),
                of("dot", Ops::dot, A, ROW), of("inner", Ops::inner, A, uniform(0, 1, 2, 3)), of("outer", Ops::outer, ROW, uniform(0, 1, 2)),
                of("vdot", Ops::vdot, A, uniform(0, 1, 3, 3)), of("kron", Ops::kron, A, uniform(0, 1, 2, 2)),
                of("cross", (a, b) -> Ops.cross(a, b), uniform(-1, 1, 2, 3), uniform(0, 1, 2, 3)),
                of("tensordot", (a, b) -> Ops.tensordot(a, b, new int[] {0, 2}, new int[] {1, 0}), stack, uniform(0, 1, 4, 2)),
                of("einsum", (a, b) -> Ops.einsum("aecd,abcd->acbe", a, b), uniform(-1, 1, 2, 2, 2, 3), uniform(0, 1, 2, 3, 2, 3)),
                of("einsum of a diagonal", (a, b) -> Ops.einsum("iij,jk->ki", a, b), uniform(-1, 1, 2, 2, 3), uniform(0, 1, 3, 2)));
    }

    private static Stream<FunctionCase> solutions() {
        Tensor triangle = Ops.add(Ops.tril(A), Ops.multiply(Ops.eye(3, 3, 0, DType.FLOAT64), 3));
        return Stream.of(of("inv", Linalg::inv, A), of("det", Linalg::det, A), of("logdet", Linalg::logdet, A),
                all("slogdet", in -> List.of(Linalg.slogdet(in.get(0)).logarithm()), A), of("solve", Linalg::solve, A, uniform(0, 1, 3, 2)),
                of("solve for a vector", Linalg::solve, A, ROW),
                of("solveTriangular", (a, b) -> Linalg.solveTriangular(a, b, true), triangle, uniform(0, 1, 3, 2)),
                of("choleskyInverse", a -> Linalg.choleskyInverse(a, false), triangle), of("lstsq", Linalg::lstsq, TALL, uniform(0, 1, 4, 2)),
                of("pinv", Linalg::pinv, TALL), of("matrixNorm nuclear", a -> Linalg.matrixNorm(a, "nuc"), TALL),
                of("matrixNorm", a -> Linalg.matrixNorm(a, "fro"), A), of("matrixNorm 2", a -> Linalg.matrixNorm(a, "2"), A),
                FunctionCase.flat("matrixRank", FunctionCase.STEPS, Linalg::matrixRank, A));
    }

    private static Stream<FunctionCase> factors() {
        return Stream.of(of("cholesky", a -> Linalg.cholesky(a), POSITIVE), of("cholesky upper", a -> Linalg.cholesky(a, true), POSITIVE),
                all("luFactor", in -> List.of(Linalg.luFactor(in.get(0)).lu()), A),
                all("qr", in -> List.of(Linalg.qr(in.get(0)).q(), Linalg.qr(in.get(0)).r()), A),
                all("eigh", in -> List.of(Linalg.eigh(in.get(0)).values(), Linalg.eigh(in.get(0)).vectors()), POSITIVE),
                all("eig", in -> parts(Linalg.eig(in.get(0))), A), all("eig of many", in -> parts(Linalg.eig(in.get(0))), uniform(-1, 1, 2, 4, 4)),
                all("svd", in -> parts(Linalg.svd(in.get(0))), A), all("svd reduced", in -> parts(Linalg.svd(in.get(0), false)), TALL));
    }

    private static List<Tensor> parts(Linalg.ComplexEigen eigen) {
        return List.of(eigen.values().real(), eigen.values().imag(), eigen.vectors().real(), eigen.vectors().imag());
    }

    private static List<Tensor> parts(Linalg.SVD svd) {
        return List.of(svd.u(), svd.s(), svd.v());
    }

    private static Stream<FunctionCase> transforms() {
        Tensor other = uniform(0, 1, 3, 3);
        Tensor wave = uniform(-1, 1, 20);
        return Stream.of(all("fft", in -> ShapeCases.parts(Fft.fft(new Complex(in.get(0), in.get(1)))), A, other),
                all("fft2", in -> ShapeCases.parts(Fft.fft2(new Complex(in.get(0), in.get(1)))), A, other),
                all("ifft2", in -> ShapeCases.parts(Fft.ifft2(new Complex(in.get(0), in.get(1)))), A, other),
                all("rfft", in -> ShapeCases.parts(Fft.rfft(in.get(0))), A),
                of("irfft", (re, im) -> Fft.irfft(new Complex(re, im)), A, other),
                all("stft", in -> ShapeCases.parts(Fft.stft(in.get(0), 6, 3, 8, "hann", true)), wave),
                of("istft", (re, im) -> Fft.istft(new Complex(re, im), 6, 3, 8, 0, "hann", true), uniform(-1, 1, 4, 5), uniform(0, 1, 4, 5)));
    }
}
