package dev.keratin.functions;

import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static dev.keratin.functions.FunctionCase.of;

import dev.keratin.Complex;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;
import java.util.stream.Stream;

/** Functions that arrange, choose and join elements. */
final class ShapeCases {
    private static final Tensor X = uniform(-1, 1, 3, 4);
    private static final Tensor CUBE = uniform(-1, 1, 2, 4, 2);
    private static final Tensor IMAGE = uniform(-1, 1, 1, 4, 4, 2);
    private static final int[][] AROUND = {{1, 2}, {2, 1}};

    private ShapeCases() {}

    static Stream<FunctionCase> all() {
        return Stream.of(shapes(), orders(), parts(), triangles(), joined(), scattered(), blocks(), types()).flatMap(each -> each);
    }

    private static Stream<FunctionCase> shapes() {
        return Stream.of(of("broadcastTo", x -> Ops.broadcastTo(x, 2, 3, 4), X), of("expandDims", x -> Ops.expandDims(x, 1), X),
                of("squeeze", x -> Ops.squeeze(x, 1), uniform(-1, 1, 3, 1)), of("ravel", Ops::ravel, X),
                of("reshape", x -> Ops.reshape(x, 2, -1), X), of("rearrange", x -> Ops.rearrange(x, "a b -> (b a)"), X),
                of("tile", x -> Ops.tile(x, 2, 3), X), of("repeat", x -> Ops.repeat(x, 2, 1), X),
                of("pad", x -> Ops.pad(x, AROUND), X), of("pad reflected", x -> Ops.pad(x, AROUND, "reflect"), X),
                of("pad with edges", x -> Ops.pad(x, AROUND, "edge"), X), of("pad symmetric", x -> Ops.pad(x, AROUND, "symmetric"), X));
    }

    private static Stream<FunctionCase> orders() {
        return Stream.of(of("transpose", x -> Ops.transpose(x), CUBE), of("swapaxes", x -> Ops.swapaxes(x, 0, 2), CUBE),
                of("moveaxis", x -> Ops.moveaxis(x, 0, 2), CUBE), of("flip", x -> Ops.flip(x, 1), X), of("fliplr", Ops::fliplr, X),
                of("flipud", Ops::flipud, X), of("roll", x -> Ops.roll(x, 1, 1), X), of("rot90", x -> Ops.rot90(x), X));
    }

    private static Stream<FunctionCase> parts() {
        Tensor place = Tensor.of(new long[] {1, 0});
        return Stream.of(of("getItem", x -> Ops.getItem(x, "::-1, 1::2"), X),
                of("slice", x -> Ops.slice(x, new long[] {1, 0}, new long[] {2, 2}), X),
                of("slice at a place", x -> Ops.slice(x, place, Shape.of(2, 2)), X),
                of("take", x -> Ops.take(x, Tensor.of(new int[] {0, -1, 0}), 1), X),
                of("takeAlongAxis", x -> Ops.takeAlongAxis(x, Tensor.of(new int[][] {{0}, {2}, {-1}}), 1), X),
                FunctionCase.all("split", in -> Ops.split(in.get(0), 2, 1), X),
                FunctionCase.all("arraySplit", in -> Ops.arraySplit(in.get(0), 3, 1), X),
                FunctionCase.all("hsplit", in -> Ops.hsplit(in.get(0), 2), X),
                FunctionCase.all("vsplit", in -> Ops.vsplit(in.get(0), 3), X),
                FunctionCase.all("dsplit", in -> Ops.dsplit(in.get(0), 2), CUBE),
                FunctionCase.all("unstack", in -> Ops.unstack(in.get(0), 1), X),
                of("extractSequences", x -> Ops.extractSequences(x, 3, 2), uniform(-1, 1, 2, 7)));
    }

    private static Stream<FunctionCase> triangles() {
        return Stream.of(of("diag", x -> Ops.diag(x), X), of("diagflat", x -> Ops.diagflat(x), X), of("diagonal", x -> Ops.diagonal(x), X),
                of("tril", x -> Ops.tril(x), X), of("triu", x -> Ops.triu(x), X), of("vander", x -> Ops.vander(x), uniform(0.5, 1.5, 3)));
    }

    private static Stream<FunctionCase> joined() {
        Tensor other = uniform(0, 1, 3, 4);
        return Stream.of(of("append", (a, b) -> Ops.append(a, b, 0), X, other),
                of("concatenate", (a, b) -> Ops.concatenate(List.of(a, b), 1), X, other),
                of("stack", (a, b) -> Ops.stack(List.of(a, b), 1), X, other), of("hstack", (a, b) -> Ops.hstack(List.of(a, b)), X, other),
                of("vstack", (a, b) -> Ops.vstack(List.of(a, b)), X, other), of("dstack", (a, b) -> Ops.dstack(List.of(a, b)), X, other),
                FunctionCase.all("meshgrid", in -> Ops.meshgrid(in, "ij"), uniform(0, 1, 2), uniform(0, 1, 3)));
    }

    private static Stream<FunctionCase> scattered() {
        Tensor rows = Tensor.of(new int[] {0, 1, 0});
        return Stream.of(of("scatter", v -> Ops.scatter(Tensor.of(new int[][] {{0}, {2}, {0}}), v, Shape.of(3)), uniform(-1, 1, 3)),
                of("scatterUpdate", (x, v) -> Ops.scatterUpdate(x, Tensor.of(new int[][] {{2}, {0}}), v), X, uniform(0, 1, 2, 4)),
                of("sliceUpdate", (x, v) -> Ops.sliceUpdate(x, new long[] {1, 1}, v), X, uniform(0, 1, 2, 2)),
                of("segmentSum", x -> Ops.segmentSum(x, rows, 2), X), of("segmentMax", x -> Ops.segmentMax(x, rows, 2), X),
                of("segmentMin", x -> Ops.segmentMin(x, rows, 2), X), of("segmentProd", x -> Ops.segmentProd(x, rows, 2), X));
    }

    private static Stream<FunctionCase> blocks() {
        int[] one = {1, 1};
        int[] none = {0, 0};
        int[] two = {2, 2};
        return Stream.of(of("depthToSpace", x -> Ops.depthToSpace(x, 2, "channels_last"), uniform(-1, 1, 1, 2, 2, 4)),
                of("spaceToDepth", x -> Ops.spaceToDepth(x, 2, "channels_last"), IMAGE),
                of("unfold", x -> Ops.unfold(x, two, one, new int[] {1, 0}, new int[] {1, 2}), IMAGE),
                of("fold", x -> Ops.fold(x, new int[] {3, 3}, two, one, none, one), uniform(-1, 1, 1, 4, 4)));
    }

    private static Stream<FunctionCase> types() {
        return Stream.of(of("cast", x -> Ops.cast(Ops.cast(x, "float64"), x.dtype()), X),
                of("saturateCast", x -> Ops.saturateCast(x, x.dtype()), X),
                FunctionCase.all("polar", in -> parts(Ops.polar(in.get(0), in.get(1))), X, uniform(0, 3, 3, 4)),
                FunctionCase.all("viewAsComplex", in -> parts(Ops.viewAsComplex(in.get(0))), uniform(-1, 1, 3, 2)),
                of("viewAsReal", (re, im) -> Ops.viewAsReal(new Complex(re, im)), X, uniform(0, 1, 3, 4)));
    }

    static List<Tensor> parts(Complex x) {
        return List.of(x.real(), x.imag());
    }
}
