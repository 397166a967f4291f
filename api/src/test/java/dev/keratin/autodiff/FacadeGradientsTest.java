package dev.keratin.autodiff;

import static dev.keratin.autodiff.FiniteDifferences.check;
import static dev.keratin.autodiff.FiniteDifferences.uniform;

import dev.keratin.AttentionOptions;
import dev.keratin.Backends;
import dev.keratin.Complex;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.ops.Fft;
import dev.keratin.ops.Images;
import dev.keratin.ops.Linalg;
import dev.keratin.ops.ResizeOptions;
import dev.keratin.ops.TransformOptions;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of functions that are compositions, against finite differences in float64. */
class FacadeGradientsTest {
    private static final WindowOptions SAME = new WindowOptions().strides(2).padding("same").dataFormat("channels_last");

    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    private static Arguments one(String name, UnaryOperator<Tensor> function, Tensor input) {
        return many(name, in -> List.of(function.apply(in.get(0))), input);
    }

    private static Arguments many(String name, Function<List<Tensor>, List<Tensor>> function, Tensor... inputs) {
        return Arguments.of(name, function, inputs);
    }

    static Stream<Arguments> activations() {
        Tensor x = uniform(-2.9, 2.8, 3, 4);
        return Stream.of(one("relu6", Ops::relu6, x), one("leakyRelu", Ops::leakyRelu, x), one("elu", Ops::elu, x),
                one("selu", Ops::selu, x), one("celu", y -> Ops.celu(y, 2), x), one("gelu", Ops::gelu, x),
                one("gelu exact", y -> Ops.gelu(y, false), x), one("silu", Ops::silu, x), one("softsign", Ops::softsign, x),
                one("logSigmoid", Ops::logSigmoid, x), one("hardSigmoid", Ops::hardSigmoid, x), one("hardSilu", Ops::hardSilu, x),
                one("mish", Ops::mish, x), one("tanhShrink", Ops::tanhShrink, x), one("softShrink", Ops::softShrink, x),
                one("hardShrink", Ops::hardShrink, x), one("squareplus", Ops::squareplus, x), one("sparsePlus", Ops::sparsePlus, x),
                one("sparseSigmoid", Ops::sparseSigmoid, x), one("glu", Ops::glu, x), one("softmax", Ops::softmax, x),
                one("softmax 0", y -> Ops.softmax(y, 0), x), one("logSoftmax", Ops::logSoftmax, x), one("sinc", Ops::sinc, x),
                one("clip", y -> Ops.clip(y, -1, 1), x));
    }

    static Stream<Arguments> reductions() {
        Tensor x = uniform(-2.5, 2.4, 3, 4);
        return Stream.of(one("mean", y -> Ops.mean(y, 1), x), one("var", Ops::var, x), one("std", y -> Ops.std(y, 0), x),
                one("logsumexp", y -> Ops.logsumexp(y, 1), x), one("norm", Ops::norm, x),
                one("norm 3", y -> Ops.norm(y, 3, new int[] {1}, false), x), one("prod", y -> Ops.prod(y, 1), x),
                one("cumsum", y -> Ops.cumsum(y, 1), x), one("median", y -> Ops.median(y, 1), x),
                one("sort", y -> Ops.sort(y, 1), x), one("topK", y -> Ops.topK(y, 2).values(), x),
                one("nanmean", y -> Ops.nanmean(y, 1), x), one("ptp", y -> Ops.ptp(y, 1), x),
                many("moments", in -> List.of(Ops.moments(in.get(0), 1).mean(), Ops.moments(in.get(0), 1).variance()), x),
                one("normalize", Ops::normalize, x), one("corrcoef", Ops::corrcoef, x),
                many("logaddexp", in -> List.of(Ops.logaddexp(in.get(0), in.get(1))), x, uniform(-1, 1, 3, 4)),
                many("hypot", in -> List.of(Ops.hypot(in.get(0), in.get(1))), x, uniform(-1, 1, 3, 4)),
                many("cdist", in -> List.of(Ops.cdist(in.get(0), in.get(1))), x, uniform(-1, 1, 2, 4)));
    }

    static Stream<Arguments> arrangements() {
        Tensor x = uniform(-1, 1, 3, 4);
        return Stream.of(one("tile", y -> Ops.tile(y, 2, 3), x), one("repeat", y -> Ops.repeat(y, 2, 1), x),
                one("roll", y -> Ops.roll(y, 1, 1), x), one("reflect", y -> Ops.pad(y, new int[][] {{1, 2}, {2, 1}}, "reflect"), x),
                one("edge", y -> Ops.pad(y, new int[][] {{1, 2}, {2, 1}}, "edge"), x), one("tril", y -> Ops.tril(y), x),
                one("getItem", y -> Ops.getItem(y, "::-1, 1::2"), x), one("diagonal", y -> Ops.diagonal(y), x),
                many("split", in -> Ops.split(in.get(0), 2, 1), x),
                one("take", y -> Ops.take(y, Tensor.of(new int[] {0, -1, 0}), 1), x),
                one("takeAlongAxis", y -> Ops.takeAlongAxis(y, Tensor.of(new int[][] {{0}, {2}, {-1}}), 1), x),
                many("sliceUpdate", in -> List.of(Ops.sliceUpdate(in.get(0), new long[] {1, 1}, in.get(1))), x, uniform(0, 1, 2, 2)),
                many("kron", in -> List.of(Ops.kron(in.get(0), in.get(1))), x, uniform(0, 1, 2, 2)),
                many("cross", in -> List.of(Ops.cross(in.get(0), in.get(1))), uniform(-1, 1, 2, 3), uniform(0, 1, 2, 3)),
                many("segmentSum", in -> List.of(Ops.segmentSum(in.get(0), Tensor.of(new int[] {0, 1, 0}), 2)), x),
                one("map", y -> Ops.map(Ops::square, y), x),
                one("foriLoop", y -> Ops.foriLoop(0, 3, (i, s) -> List.of(Ops.sin(s.get(0))), List.of(y)).get(0), x),
                one("associativeScan", y -> Ops.associativeScan(Ops::multiply, y), x));
    }

    static Stream<Arguments> products() {
        return Stream.of(
                many("matmul", in -> List.of(Ops.matmul(in.get(0), in.get(1))), uniform(-1, 1, 2, 3, 4), uniform(0, 1, 4, 2)),
                many("matmul vector", in -> List.of(Ops.matmul(in.get(0), in.get(1))), uniform(-1, 1, 4), uniform(0, 1, 4, 2)),
                many("tensordot", in -> List.of(Ops.tensordot(in.get(0), in.get(1), new int[] {0, 2}, new int[] {1, 0})),
                        uniform(-1, 1, 2, 3, 4), uniform(0, 1, 4, 2)),
                many("einsum", in -> List.of(Ops.einsum("aecd,abcd->acbe", in.get(0), in.get(1))),
                        uniform(-1, 1, 2, 2, 2, 3), uniform(0, 1, 2, 3, 2, 3)),
                many("einsum diagonal", in -> List.of(Ops.einsum("iij,jk->ki", in.get(0), in.get(1))),
                        uniform(-1, 1, 2, 2, 3), uniform(0, 1, 3, 2)),
                many("attention", in -> List.of(Ops.dotProductAttention(in.get(0), in.get(1), in.get(2),
                        new AttentionOptions().isCausal(true))), uniform(-1, 1, 1, 3, 2, 2), uniform(0, 1, 1, 3, 2, 2),
                        uniform(-2, 1, 1, 3, 2, 2)));
    }

    static Stream<Arguments> networks() {
        Tensor image = uniform(-1, 1, 1, 4, 5, 2);
        Tensor labels = Tensor.of(new int[] {1, 0, 3});
        Tensor logits = uniform(-2, 2, 3, 4);
        return Stream.of(
                many("conv", in -> List.of(Ops.conv(in.get(0), in.get(1), SAME)), image, uniform(0, 1, 3, 3, 2, 2)),
                many("convTranspose", in -> List.of(Ops.convTranspose(in.get(0), in.get(1), SAME)), image, uniform(0, 1, 3, 3, 1, 2)),
                many("depthwiseConv", in -> List.of(Ops.depthwiseConv(in.get(0), in.get(1), SAME)), image, uniform(0, 1, 3, 3, 2, 2)),
                one("maxPool", x -> Ops.maxPool(x, new int[] {2}, SAME), image),
                one("averagePool", x -> Ops.averagePool(x, new int[] {3}, SAME), image),
                one("adaptiveAveragePool", x -> Ops.adaptiveAveragePool(x, 3), image),
                many("batchNormalization", in -> List.of(Ops.batchNormalization(in.get(0), in.get(1), in.get(2), -1, in.get(3),
                        in.get(4), 1e-3)), image, uniform(-1, 1, 2), uniform(0.5, 2, 2), uniform(-2, 1, 2), uniform(0, 1, 2)),
                many("layerNormalization", in -> List.of(Ops.layerNormalization(in.get(0), in.get(1), in.get(2))),
                        uniform(-1, 1, 3, 4), uniform(0, 1, 4), uniform(-2, 1, 4)),
                many("rmsNormalization", in -> List.of(Ops.rmsNormalization(in.get(0), in.get(1))), uniform(-1, 1, 3, 4), uniform(0, 1, 4)),
                many("binaryCrossentropy", in -> List.of(Ops.binaryCrossentropy(in.get(0), in.get(1), true)), uniform(0, 1, 3, 4), logits),
                many("binaryCrossentropy of probabilities", in -> List.of(Ops.binaryCrossentropy(in.get(0), in.get(1), false)),
                        uniform(0, 1, 3, 4), uniform(0.1, 0.9, 3, 4)),
                many("categoricalCrossentropy", in -> List.of(Ops.categoricalCrossentropy(in.get(0), in.get(1), true)),
                        uniform(0, 1, 3, 4), logits),
                one("sparseCategoricalCrossentropy", y -> Ops.sparseCategoricalCrossentropy(labels, y, true), logits),
                one("sparseCategoricalCrossentropy of softmax",
                        y -> Ops.sparseCategoricalCrossentropy(labels, Ops.softmax(y), false), logits),
                one("ctcLoss", y -> Ops.ctcLoss(Tensor.of(new int[][] {{1, 1}, {2, 0}}), y, Tensor.of(new int[] {2, 1}),
                        Tensor.of(new int[] {5, 3}), 0), uniform(-1, 1, 2, 5, 3)),
                one("unfold", x -> Ops.unfold(x, new int[] {2, 2}, new int[] {1, 1}, new int[] {1, 0}, new int[] {1, 2}), image),
                one("resize", x -> Images.resize(x, 7, 3, new ResizeOptions().interpolation("bicubic")), image),
                one("affineTransform", x -> Images.affineTransform(x, Tensor.of(new float[] {1, 0.2f, 0.3f, -0.1f, 0.9f, 0.4f, 0, 0}),
                        new TransformOptions()), Ops.cast(image, DType.FLOAT64)),
                one("gaussianBlur", Images::gaussianBlur, image),
                one("scatter", v -> Ops.scatter(Tensor.of(new int[][] {{0}, {2}, {0}}), v, Shape.of(3)), uniform(-1, 1, 3)));
    }

    static Stream<Arguments> algebra() {
        Tensor a = uniform(-1, 1, 3, 3);
        Tensor positive = Ops.add(Ops.matmul(a, Ops.transpose(a)), Ops.eye(3, 3, 0, DType.FLOAT64));
        return Stream.of(one("cholesky", Linalg::cholesky, positive), one("inv", Linalg::inv, a), one("det", Linalg::det, a),
                one("logdet", Linalg::logdet, a), one("pinv", Linalg::pinv, uniform(-1, 1, 4, 2)),
                many("solve", in -> List.of(Linalg.solve(in.get(0), in.get(1))), a, uniform(0, 1, 3, 2)),
                many("qr", in -> List.of(Linalg.qr(in.get(0)).q(), Linalg.qr(in.get(0)).r()), a),
                one("eigh", x -> Linalg.eigh(x).values(), positive), one("svd", x -> Linalg.svd(x, false).s(), a),
                one("rfft", x -> Fft.rfft(x).imag(), a), one("irfft", x -> Fft.irfft(new Complex(x, Ops.square(x))), a));
    }

    static Stream<Arguments> all() {
        return Stream.of(activations(), reductions(), arrangements(), products(), networks(), algebra()).flatMap(each -> each);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void gradient_agreesWithFiniteDifferences(String name, Function<List<Tensor>, List<Tensor>> function, Tensor[] inputs) {
        check(function, inputs);
    }
}
