package dev.keratin.functions;

import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static dev.keratin.functions.FunctionCase.PLACES;
import static dev.keratin.functions.FunctionCase.STEPS;
import static dev.keratin.functions.FunctionCase.TRUTH;
import static dev.keratin.functions.FunctionCase.flat;
import static dev.keratin.functions.FunctionCase.of;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** Sums, statistics, orders. */
final class ReductionCases {
    private static final Tensor X = uniform(-2.5, 2.4, 3, 4);
    private static final Tensor ROW = uniform(-1, 1, 5);
    private static final Tensor BOUNDS = uniform(0.1, 0.9, 2);

    private ReductionCases() {}

    static Stream<FunctionCase> all() {
        return Stream.of(sums(), statistics(), withoutNaN(), running(), orders(), places(), counts()).flatMap(each -> each);
    }

    private static Stream<FunctionCase> sums() {
        return Stream.of(of("sum", x -> Ops.sum(x, 1), X), of("prod", x -> Ops.prod(x, 1), X), of("max", x -> Ops.max(x, 1), X),
                of("min", x -> Ops.min(x, 0), X), of("amax", x -> Ops.amax(x, 1), X), of("amin", x -> Ops.amin(x, 1), X),
                of("mean", x -> Ops.mean(x, 1), X), of("logsumexp", x -> Ops.logsumexp(x, 1), X), of("norm", x -> Ops.norm(x), X),
                of("norm 3", x -> Ops.norm(x, 3, new int[] {1}, false), X), of("normalize", x -> Ops.normalize(x), X),
                of("trace", x -> Ops.trace(x), X), of("trapezoid", x -> Ops.trapezoid(x, 0.5, 1), X), of("ptp", x -> Ops.ptp(x, 1), X));
    }

    private static Stream<FunctionCase> statistics() {
        return Stream.of(of("var", x -> Ops.var(x), X), of("std", x -> Ops.std(x, 0), X), of("median", x -> Ops.median(x, 1), X),
                of("average", (x, w) -> Ops.average(x, 1, w), X, uniform(0.5, 1, 4)),
                FunctionCase.all("moments", in -> List.of(Ops.moments(in.get(0), 1).mean(), Ops.moments(in.get(0), 1).variance()), X),
                of("corrcoef", Ops::corrcoef, X), of("correlate", (a, b) -> Ops.correlate(a, b, "same"), ROW, uniform(0, 1, 3)),
                of("quantile", (x, q) -> Ops.quantile(x, q, 1), X, BOUNDS),
                of("percentile", x -> Ops.percentile(x, Tensor.of(new float[] {25, 80}), 1), X),
                of("cdist", Ops::cdist, X, uniform(-1, 1, 2, 4)));
    }

    private static Stream<FunctionCase> withoutNaN() {
        return Stream.of(of("nansum", x -> Ops.nansum(x, 1), X), of("nanprod", x -> Ops.nanprod(x, 1), X),
                of("nanmax", x -> Ops.nanmax(x, 1), X), of("nanmin", x -> Ops.nanmin(x, 1), X), of("nanmean", x -> Ops.nanmean(x, 1), X),
                of("nanvar", x -> Ops.nanvar(x, 1), X), of("nanstd", x -> Ops.nanstd(x, 1), X),
                of("nanmedian", x -> Ops.nanmedian(x, 1), X),
                of("nanquantile", x -> Ops.nanquantile(x, Tensor.of(new float[] {0.3f}), 1), X),
                of("nanpercentile", x -> Ops.nanpercentile(x, Tensor.of(new float[] {30f}), 1), X));
    }

    private static Stream<FunctionCase> running() {
        return Stream.of(of("cumsum", x -> Ops.cumsum(x, 1), X), of("cumprod", x -> Ops.cumprod(x, 1), X),
                of("nancumsum", x -> Ops.nancumsum(x, 1), X), of("nancumprod", x -> Ops.nancumprod(x, 1), X),
                of("diff", x -> Ops.diff(x, 2, 1), X));
    }

    private static Stream<FunctionCase> orders() {
        return Stream.of(of("sort", x -> Ops.sort(x, 1), X), of("topK", x -> Ops.topK(x, 2).values(), X),
                flat("argsort", PLACES, x -> Ops.argsort(x, 1), X), flat("argpartition", PLACES, x -> Ops.argpartition(x, 2), X),
                flat("argmax", PLACES, x -> Ops.argmax(x, 1), X), flat("argmin", PLACES, x -> Ops.argmin(x, 1), X),
                flat("nanargmax", PLACES, x -> Ops.nanargmax(x, 1), X), flat("nanargmin", PLACES, x -> Ops.nanargmin(x, 1), X));
    }

    private static Stream<FunctionCase> places() {
        Tensor sorted = Ops.sort(ROW);
        return Stream.of(flat("searchsorted", PLACES, Ops::searchsorted, sorted, ROW), flat("digitize", PLACES, Ops::digitize, ROW, sorted),
                FunctionCase.allFlat("nonzero", PLACES, in -> Ops.nonzero(in.get(0)), X),
                FunctionCase.allFlat("unravelIndex", PLACES, in -> Ops.unravelIndex(in.get(0), dev.keratin.backend.Shape.of(2, 3)),
                        uniform(0, 5, 4)),
                of("unique", x -> Ops.unique(x).values(), X));
    }

    private static Stream<FunctionCase> counts() {
        Tensor labels = uniform(0, 3, 3);
        return Stream.of(flat("all", TRUTH, x -> Ops.all(x, 1), X), flat("any", TRUTH, x -> Ops.any(x, 1), X),
                flat("countNonzero", STEPS, x -> Ops.countNonzero(x, 1), X), flat("bincount", STEPS, x -> Ops.bincount(x), uniform(0, 4, 5)),
                FunctionCase.allFlat("histogram", STEPS, in -> List.of(Ops.histogram(in.get(0), 3, -2, 2).counts()), ROW),
                flat("inTopK", TRUTH, x -> Ops.inTopK(Tensor.of(new int[] {0, 1, 2}), x, 2), X),
                flat("oneHot", STEPS, x -> Ops.oneHot(x, 4), labels), flat("multiHot", STEPS, x -> Ops.multiHot(x, 4), labels));
    }
}
