package dev.keratin.functions;

import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static dev.keratin.functions.FunctionCase.of;

import dev.keratin.AttentionOptions;
import dev.keratin.DecodeOptions;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import java.util.List;
import java.util.stream.Stream;

/** Activations, convolutions, normalisation, losses. */
final class NetworkCases {
    private static final WindowOptions SAME = new WindowOptions().strides(2).padding("same").dataFormat("channels_last");
    private static final Tensor X = uniform(-2.9, 2.8, 3, 4);
    private static final Tensor IMAGE = uniform(-1, 1, 1, 4, 5, 2);

    private NetworkCases() {}

    static Stream<FunctionCase> all() {
        return Stream.of(units(), shrunk(), maxima(), convolutions(), pools(), normalizations(), losses(), sequences()).flatMap(each -> each);
    }

    private static Stream<FunctionCase> units() {
        return Stream.of(of("relu", Ops::relu, X), of("relu6", Ops::relu6, Ops.multiply(X, 3)), of("leakyRelu", x -> Ops.leakyRelu(x), X),
                of("elu", x -> Ops.elu(x), X), of("selu", Ops::selu, X), of("celu", x -> Ops.celu(x, 2), X), of("gelu", x -> Ops.gelu(x), X),
                of("gelu exact", x -> Ops.gelu(x, false), X), of("silu", Ops::silu, X), of("swish", Ops::swish, X), of("mish", Ops::mish, X),
                of("glu", x -> Ops.glu(x), X), of("sigmoid", Ops::sigmoid, X), of("logSigmoid", Ops::logSigmoid, X),
                of("hardSigmoid", Ops::hardSigmoid, X), of("hardSilu", Ops::hardSilu, X), of("hardSwish", Ops::hardSwish, X),
                of("hardTanh", Ops::hardTanh, X), of("softplus", Ops::softplus, X), of("softsign", Ops::softsign, X),
                of("squareplus", x -> Ops.squareplus(x), X), of("sparsePlus", Ops::sparsePlus, X), of("sparseSigmoid", Ops::sparseSigmoid, X));
    }

    private static Stream<FunctionCase> shrunk() {
        return Stream.of(of("tanhShrink", Ops::tanhShrink, X), of("softShrink", x -> Ops.softShrink(x), X),
                of("hardShrink", x -> Ops.hardShrink(x), X));
    }

    private static Stream<FunctionCase> maxima() {
        return Stream.of(of("softmax", x -> Ops.softmax(x), X), of("softmax of columns", x -> Ops.softmax(x, 0), X),
                of("logSoftmax", x -> Ops.logSoftmax(x), X), of("sparsemax", x -> Ops.sparsemax(x), X));
    }

    private static Stream<FunctionCase> convolutions() {
        return Stream.of(of("conv", (x, k) -> Ops.conv(x, k, SAME), IMAGE, uniform(0, 1, 3, 3, 2, 2)),
                of("convTranspose", (x, k) -> Ops.convTranspose(x, k, SAME), IMAGE, uniform(0, 1, 3, 3, 1, 2)),
                of("depthwiseConv", (x, k) -> Ops.depthwiseConv(x, k, SAME), IMAGE, uniform(0, 1, 3, 3, 2, 2)),
                FunctionCase.all("separableConv", in -> List.of(Ops.separableConv(in.get(0), in.get(1), in.get(2), SAME)), IMAGE,
                        uniform(0, 1, 3, 3, 2, 1), uniform(0, 1, 1, 1, 2, 3)),
                FunctionCase.all("dotProductAttention", in -> List.of(Ops.dotProductAttention(in.get(0), in.get(1), in.get(2),
                        new AttentionOptions().isCausal(true))), uniform(-1, 1, 1, 3, 2, 2), uniform(0, 1, 1, 3, 2, 2),
                        uniform(-2, 1, 1, 3, 2, 2)));
    }

    private static Stream<FunctionCase> pools() {
        return Stream.of(of("maxPool", x -> Ops.maxPool(x, new int[] {2}, SAME), IMAGE),
                of("averagePool", x -> Ops.averagePool(x, new int[] {3}, SAME), IMAGE),
                of("adaptiveAveragePool", x -> Ops.adaptiveAveragePool(x, 3), IMAGE),
                of("adaptiveMaxPool", x -> Ops.adaptiveMaxPool(x, 3), IMAGE));
    }

    private static Stream<FunctionCase> normalizations() {
        return Stream.of(FunctionCase.all("batchNormalization", in -> List.of(Ops.batchNormalization(in.get(0), in.get(1), in.get(2), -1,
                        in.get(3), in.get(4), 1e-3)), IMAGE, uniform(-1, 1, 2), uniform(0.5, 2, 2), uniform(-2, 1, 2), uniform(0, 1, 2)),
                FunctionCase.all("layerNormalization", in -> List.of(Ops.layerNormalization(in.get(0), in.get(1), in.get(2))),
                        X, uniform(0, 1, 4), uniform(-2, 1, 4)),
                of("rmsNormalization", (x, scale) -> Ops.rmsNormalization(x, scale), X, uniform(0, 1, 4)));
    }

    private static Stream<FunctionCase> losses() {
        Tensor labels = Tensor.of(new int[] {1, 0, 3});
        Tensor odds = uniform(0, 1, 3, 4);
        return Stream.of(of("binaryCrossentropy", (t, y) -> Ops.binaryCrossentropy(t, y, true), odds, X),
                of("binaryCrossentropy of probabilities", (t, y) -> Ops.binaryCrossentropy(t, y, false), odds, uniform(0.1, 0.9, 3, 4)),
                of("categoricalCrossentropy", (t, y) -> Ops.categoricalCrossentropy(t, y, true), odds, X),
                of("categoricalCrossentropy of probabilities", (t, y) -> Ops.categoricalCrossentropy(t, y, false), odds, uniform(0.1, 0.9, 3, 4)),
                of("sparseCategoricalCrossentropy", y -> Ops.sparseCategoricalCrossentropy(labels, y, true), X),
                of("sparseCategoricalCrossentropy of softmax",
                        y -> Ops.sparseCategoricalCrossentropy(labels, Ops.softmax(y), false), X),
                of("psnr", (a, b) -> Ops.psnr(a, b, 1), odds, X));
    }

    private static Stream<FunctionCase> sequences() {
        Tensor logits = uniform(-1, 1, 2, 5, 3);
        Tensor lengths = Tensor.of(new int[] {5, 3});
        return Stream.of(of("ctcLoss", y -> Ops.ctcLoss(Tensor.of(new int[][] {{1, 1}, {2, 0}}), y, Tensor.of(new int[] {2, 1}), lengths, 0),
                        logits),
                FunctionCase.all("ctcDecode scores", y -> List.of(Ops.ctcDecode(y.get(0), lengths,
                        new DecodeOptions().strategy("beam_search").beamWidth(4).topPaths(2)).scores()), logits),
                FunctionCase.flat("ctcDecode", FunctionCase.PLACES, y -> Ops.ctcDecode(y, lengths, true, 0).labels(), logits));
    }
}
