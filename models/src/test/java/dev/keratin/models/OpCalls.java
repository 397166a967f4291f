package dev.keratin.models;

import dev.keratin.AttentionOptions;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.ops.Images;
import dev.keratin.ops.Linalg;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Calls of functions with arguments of every form, on inputs of a model: what each gives. */
final class OpCalls {
    /** What the calls are made on: [batch, 3, 4], [batch, 3] int32, [batch, 3, 3], [batch, 6, 6, 3], [batch, 5, 2, 4]. */
    record Inputs(Tensor x, Tensor ids, Tensor square, Tensor image, Tensor heads) {}

    private final Map<String, Function<Inputs, List<Tensor>>> calls = new TreeMap<>();

    private OpCalls() {}

    static Map<String, Function<Inputs, List<Tensor>>> all() {
        OpCalls made = new OpCalls();
        made.elements();
        made.reductions();
        made.shapes();
        made.parts();
        made.indices();
        made.products();
        made.networks();
        made.matricesAndImages();
        return made.calls;
    }

    private void elements() {
        on("exp", Ops::exp);
        on("relu", Ops::relu);
        on("sigmoid", Ops::sigmoid);
        on("gelu", x -> Ops.gelu(x, false));
        on("leakyRelu", x -> Ops.leakyRelu(x, 0.3));
        on("threshold", x -> Ops.threshold(x, 0.2, -1));
        on("round", x -> Ops.round(x, 2));
        on("cast", x -> Ops.cast(x, DType.FLOAT16));
        on("stopGradient", Ops::stopGradient);
        on("nanToNum", Ops::nanToNum);
        on("addNumber", x -> Ops.add(x, 1.5));
        on("subtractFromNumber", x -> Ops.subtract(2, x));
        on("clip", x -> Ops.clip(x, -0.25, 0.5));
        on("clipByTensors", x -> Ops.clip(x, Tensor.of(new float[] {0, 0, 0, 0.5f}), Ops.scalar(DType.FLOAT32, 1)));
        on("where", x -> Ops.where(Ops.greater(x, 0.1), x, Double.NEGATIVE_INFINITY));
        on("whereNumbers", x -> Ops.where(Ops.lessEqual(x, 0.1), 1, 0));
        on("isclose", x -> Ops.isclose(x, Ops.add(x, 1e-3), 0.01, 1e-4));
        two("add", Ops::add);
        two("divide", Ops::divide);
        two("maximum", Ops::maximum);
        two("logicalAnd", Ops::logicalAnd);
        calls.put("integers", in -> List.of(Ops.add(in.ids(), 2), Ops.bitwiseAnd(in.ids(), in.ids()), Ops.mod(in.ids(), 2)));
    }

    private void reductions() {
        on("sumOfAll", x -> Ops.sum(x));
        on("meanAlongAxes", x -> Ops.mean(x, new int[] {1, 2}, true));
        on("maxAlongAxis", x -> Ops.max(x, -1));
        on("variance", x -> Ops.var(x, 1, false));
        on("logsumexp", x -> Ops.logsumexp(x, 2));
        on("countNonzero", x -> Ops.countNonzero(x, 1));
        on("argmax", x -> Ops.argmax(x, -1));
        on("argmin", x -> Ops.argmin(x));
        on("ptp", x -> Ops.ptp(x, 1));
        on("median", x -> Ops.median(x, 2));
        on("quantile", x -> Ops.quantile(x, Tensor.of(new float[] {0.2f, 0.5f}), 1));
        on("average", x -> Ops.average(x, 1));
        on("cumsum", x -> Ops.cumsum(x, 1));
        on("norm", x -> Ops.norm(x, -1, true));
        on("normOfAll", Ops::norm);
        calls.put("moments", in -> List.of(Ops.moments(in.x(), 1).mean(), Ops.moments(in.x(), 1).variance()));
    }

    private void shapes() {
        on("reshape", x -> Ops.reshape(x, -1, 12));
        on("ravel", Ops::ravel);
        on("transpose", x -> Ops.transpose(x, 0, 2, 1));
        on("transposeAll", Ops::transpose);
        on("swapaxes", x -> Ops.swapaxes(x, 1, 2));
        on("moveaxis", x -> Ops.moveaxis(x, 1, -1));
        on("expandDims", x -> Ops.expandDims(x, -1));
        on("squeeze", x -> Ops.squeeze(Ops.expandDims(x, 1), 1));
        on("flip", x -> Ops.flip(x, 1));
        on("roll", x -> Ops.roll(x, 2, 1));
        on("pad", x -> Ops.pad(x, new int[][] {{0, 0}, {1, 2}, {0, 1}}, 2));
        on("padMirrored", x -> Ops.pad(x, new int[][] {{0, 0}, {1, 1}, {0, 0}}, "reflect"));
        on("tile", x -> Ops.tile(x, 1, 2, 1));
        on("repeat", x -> Ops.repeat(x, 2, 1));
        on("rot90", x -> Ops.rot90(x, 1, 1, 2));
        on("onesLike", Ops::onesLike);
        on("fullLike", x -> Ops.fullLike(x, 2.5));
        on("concatenate", x -> Ops.concatenate(List.of(x, Ops.negative(x)), 1));
        on("stack", x -> Ops.stack(List.of(x, x), -1));
        on("hstack", x -> Ops.hstack(List.of(x, x)));
        on("append", x -> Ops.append(x, x, 2));
        calls.put("meshgrid", in -> Ops.meshgrid(List.of(Ops.ravel(in.ids()), Ops.ravel(in.ids())), "ij"));
    }

    private void parts() {
        on("getItem", x -> Ops.getItem(x, ":, 0, 1:-1"));
        on("getItemWithEllipsis", x -> Ops.getItem(x, "..., None, ::-2"));
        calls.put("split", in -> Ops.split(in.x(), 2, -1));
        calls.put("splitAtPlaces", in -> Ops.split(in.x(), new int[] {1, 3}, 2));
        calls.put("arraySplit", in -> Ops.arraySplit(in.x(), 3, 2));
        calls.put("unstack", in -> Ops.unstack(in.x(), 1));
        calls.put("topK", in -> List.of(Ops.topK(in.x(), 2).values(), Ops.topK(in.x(), 2).indices()));
        on("tril", x -> Ops.tril(x, -1));
        on("diagonal", x -> Ops.diagonal(x, 0, 1, 2));
        on("trace", x -> Ops.trace(x, 0, 1, 2));
        on("extractSequences", x -> Ops.extractSequences(x, 2, 1));
        on("diff", x -> Ops.diff(x, 1, 1));
        on("sort", x -> Ops.sort(x, 1));
    }

    private void indices() {
        on("take", x -> Ops.take(x, 1, 2));
        on("takeAtTensor", x -> Ops.take(x, Tensor.of(new int[] {0, 2}, 2), 2));
        calls.put("takeAlongAxis", in -> List.of(Ops.takeAlongAxis(in.x(), Ops.expandDims(in.ids(), -1), 2)));
        calls.put("oneHot", in -> List.of(Ops.oneHot(in.ids(), 4)));
        calls.put("multiHot", in -> List.of(Ops.multiHot(in.ids(), 4)));
        on("scatterUpdate", x -> Ops.scatterUpdate(x, Tensor.of(new int[] {0, 1}, 1, 2), Ops.ones(1, 4)));
        on("scatterAdd", x -> Ops.scatterUpdate(x, Tensor.of(new int[] {0, 1}, 1, 2), Ops.ones(1, 4), ScatterKind.ADD));
        on("slice", x -> Ops.slice(x, new long[] {0, 1, 0}, new long[] {1, 2, 3}));
        on("sliceUpdate", x -> Ops.sliceUpdate(x, new long[] {0, 1, 0}, Ops.ones(1, 2, 2)));
        calls.put("isin", in -> List.of(Ops.isin(in.ids(), Tensor.of(new int[] {0, 2}, 2))));
        on("select", x -> Ops.select(List.of(Ops.greater(x, 0.5)), List.of(Ops.negative(x)), 0.25));
    }

    private void products() {
        on("matmulWithConstant", x -> Ops.matmul(x, Ops.ones(4, 2)));
        on("einsum", x -> Ops.einsum("bij,bkj->bik", x, x));
        on("tensordot", x -> Ops.tensordot(x, Ops.ones(4, 2), 1));
        on("tensordotOverPairs", x -> Ops.tensordot(x, Ops.ones(4, 2), new int[] {2}, new int[] {0}));
        on("dot", x -> Ops.dot(x, Ops.ones(4, 2)));
        calls.put("cross", in -> List.of(Ops.cross(in.square(), in.square(), -1)));
    }

    private void networks() {
        on("softmax", x -> Ops.softmax(x, 1));
        on("logSoftmax", Ops::logSoftmax);
        on("batchNormalization", x -> Ops.batchNormalization(x, Ops.zeros(4), Ops.ones(4), -1));
        on("layerNormalization", x -> Ops.layerNormalization(x, Ops.ones(4), null));
        on("rmsNormalization", x -> Ops.rmsNormalization(x, null));
        on("normalize", Ops::normalize);
        on("binaryCrossentropy", x -> Ops.binaryCrossentropy(Ops.sigmoid(x), x, true));
        on("categoricalCrossentropy", x -> Ops.categoricalCrossentropy(Ops.softmax(x), x, true));
        calls.put("sparseCategoricalCrossentropy", in -> List.of(Ops.sparseCategoricalCrossentropy(in.ids(), in.x(), true)));
        calls.put("attention", in -> List.of(Ops.dotProductAttention(
                in.heads(), in.heads(), in.heads(), new AttentionOptions().scale(0.3).isCausal(true))));
        calls.put("conv", in -> List.of(Ops.conv(in.image(), Ops.ones(2, 2, 3, 2), new WindowOptions().strides(2).padding("same"))));
        calls.put("depthwiseConv", in -> List.of(Ops.depthwiseConv(in.image(), Ops.ones(2, 2, 3, 2), new WindowOptions())));
        calls.put("maxPool", in -> List.of(Ops.maxPool(in.image(), 2)));
        calls.put("averagePool", in -> List.of(Ops.averagePool(in.image(), new int[] {3, 2}, new WindowOptions().strides(2, 1))));
        calls.put("spaceToDepth", in -> List.of(Ops.spaceToDepth(in.image(), 2, "channels_last")));
        calls.put("fold", in -> List.of(Ops.fold(Ops.unfold(Ops.transpose(in.image(), 0, 3, 1, 2), pair(2), pair(1), pair(0), pair(2)),
                pair(6), pair(2), pair(1), pair(0), pair(2))));
    }

    private void matricesAndImages() {
        calls.put("inv", in -> List.of(Linalg.inv(in.square())));
        calls.put("solve", in -> List.of(Linalg.solve(in.square(), in.square())));
        calls.put("cholesky", in -> List.of(Linalg.cholesky(in.square(), true)));
        calls.put("qr", in -> List.of(Ops.abs(Linalg.qr(in.square()).q())));
        calls.put("svd", in -> List.of(Linalg.svd(in.square()).s()));
        calls.put("matrixNorm", in -> List.of(Linalg.matrixNorm(in.square(), "fro")));
        calls.put("resize", in -> List.of(Images.resize(in.image(), 4, 8)));
        calls.put("rgbToHsv", in -> List.of(Images.rgbToHsv(in.image())));
        calls.put("gaussianBlur", in -> List.of(Images.gaussianBlur(in.image())));
        calls.put("extractPatches", in -> List.of(Images.extractPatches(in.image(), 2, 3)));
        calls.put("padImages", in -> List.of(Images.padImages(in.image(), 1, 0, 2, 1)));
        calls.put("cropImages", in -> List.of(Images.cropImages(in.image(), 1, 2, 3, 2)));
    }

    private void on(String name, UnaryOperator<Tensor> call) {
        calls.put(name, in -> List.of(call.apply(in.x())));
    }

    private void two(String name, BinaryOperator<Tensor> call) {
        calls.put(name, in -> List.of(call.apply(in.x(), Ops.getItem(in.x(), ":, ::-1"))));
    }

    private static int[] pair(int number) {
        return new int[] {number, number};
    }

    /** Inputs that fit, for a batch. */
    static List<Tensor> data(int batch) {
        Tensor noise = Ops.sin(Ops.reshape(Ops.cast(Ops.arange(batch * 12L), DType.FLOAT32), batch, 3, 4));
        Tensor rows = Ops.getItem(noise, ":, :, :3");
        Tensor square = Ops.add(Ops.matmul(rows, Ops.swapaxes(rows, 1, 2)), Ops.multiply(Ops.eye(3), 2));
        Tensor image = Ops.abs(Ops.sin(Ops.reshape(Ops.cast(Ops.arange(batch * 108L), DType.FLOAT32), batch, 6, 6, 3)));
        Tensor heads = Ops.cos(Ops.reshape(Ops.cast(Ops.arange(batch * 40L), DType.FLOAT32), batch, 5, 2, 4));
        return List.of(noise, Ops.mod(Ops.reshape(Ops.arange(batch * 3L), batch, 3), 4), square, image, heads);
    }

    static List<Shape> placeholders() {
        return data(1).stream().map(each -> each.shape().with(0, Shape.UNKNOWN)).toList();
    }
}
