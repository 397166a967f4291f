package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.util.List;
import java.util.stream.IntStream;

/** Quantiles along some axes: elements are sorted once, then picked at any parts. NaN is left out. */
final class Quantile {
    private static final List<String> METHODS = List.of("linear", "lower", "higher", "nearest", "midpoint");

    private final Tensor sorted;
    private final Tensor last;
    private final String method;

    Quantile(Tensor x, List<Integer> axes, String method) {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException("quantile: a method of " + METHODS + " is required. Received: \"" + method
                    + "\". Check the spelling.");
        }
        List<Integer> kept = IntStream.range(0, x.rank()).boxed().filter(axis -> !axes.contains(axis)).toList();
        Shape outer = ProductOps.lengths(x, kept);
        Tensor rows = ShapeOps.reshaped(ProductOps.arranged(x, kept, axes), outer.concat(Shape.of(Axes.count(x.shape(), axes))));
        this.sorted = Axes.count(x.shape(), axes) == 0 ? Ops.fullLike(Ops.zeros(outer.concat(Shape.of(1)), x.dtype()), Double.NaN)
                : Ops.sort(rows, -1);
        this.last = Ops.subtract(Ops.cast(Ops.countNonzero(Ops.logicalNot(Ops.isnan(rows)), -1), DType.FLOAT64), 1);
        this.method = method;
    }

    /** The results for all parts: the axes of the parts come first. NaN where there are no elements. */
    Tensor at(Tensor parts) {
        Tensor part = Ops.cast(parts, DType.FLOAT64);
        return part.rank() == 0 ? picked(part) : Ops.stack(Ops.unstack(part, 0).stream().map(this::at).toList(), 0);
    }

    private Tensor picked(Tensor part) {
        Tensor place = Ops.multiply(last, part);
        Tensor result = switch (method) {
            case "lower" -> element(Ops.floor(place));
            case "higher" -> element(Ops.ceil(place));
            case "nearest" -> element(Ops.round(place));
            case "midpoint" -> Ops.multiply(Ops.add(element(Ops.floor(place)), element(Ops.ceil(place))), 0.5);
            default -> between(place);
        };
        return Ops.where(Ops.less(last, 0), Double.NaN, result);
    }

    private Tensor between(Tensor place) {
        Tensor below = Ops.floor(place);
        Tensor fraction = Ops.cast(Ops.subtract(place, below), sorted.dtype());
        Tensor low = element(below);
        Tensor high = element(Ops.minimum(Ops.add(below, 1), Ops.maximum(last, 0)));
        return Ops.add(Ops.multiply(low, Ops.subtract(1, fraction)), Ops.multiply(high, fraction));
    }

    private Tensor element(Tensor place) {
        Tensor index = Ops.cast(Ops.maximum(place, 0), DType.INT32);
        return Ops.squeeze(Ops.takeAlongAxis(sorted, Ops.expandDims(index, -1), -1), -1);
    }
}
