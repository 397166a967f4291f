package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Domain;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.TopK;
import java.util.List;
import java.util.stream.Stream;

/** Ops that make one element of many, accumulate or order them. */
final class ReductionCases {
    /** A shape and the axes to reduce. */
    private record Layout(Shape shape, List<Integer> axes) {
        static Layout of(List<Integer> axes, long... dims) {
            return new Layout(Shape.of(dims), axes);
        }

        long terms() {
            return axes.stream().mapToLong(axis -> shape.dim(axis)).reduce(1, (a, b) -> a * b);
        }
    }

    private static final List<Layout> LAYOUTS = List.of(
            Layout.of(List.of()), Layout.of(List.of(), 3, 4), Layout.of(List.of(0), 1), Layout.of(List.of(0), 17),
            Layout.of(List.of(0), 1023), Layout.of(List.of(0), 0), Layout.of(List.of(1), 3, 0, 2), Layout.of(List.of(0), 3, 0),
            Layout.of(List.of(0), 5, 7), Layout.of(List.of(1), 5, 7), Layout.of(List.of(0, 1), 5, 7),
            Layout.of(List.of(1), 33, 1023), Layout.of(List.of(0), 1023, 33), Layout.of(List.of(0, 2), 2, 3, 4, 5),
            Layout.of(List.of(1, 3), 2, 3, 4, 5), Layout.of(List.of(0, 1, 2), 8, 9, 10, 3), Layout.of(List.of(1, 2), 4, 14, 14, 32),
            Layout.of(List.of(0, 2, 4), 2, 3, 2, 3, 2), Layout.of(List.of(0), 100_003), Layout.of(List.of(0), 333, 401),
            Layout.of(List.of(1), 333, 401), Layout.of(List.of(0, 1), 333, 401));

    private ReductionCases() {}

    static Family family() {
        Family family = new Family("reductions");
        for (ReduceKind kind : ReduceKind.values()) {
            boolean logical = kind == ReduceKind.ALL || kind == ReduceKind.ANY;
            for (Layout layout : LAYOUTS) {
                reduce(family, kind, logical ? DType.BOOL : DType.FLOAT32, layout);
            }
            for (DType type : logical ? List.of(DType.BOOL) : Types.in(Domain.NUMBER)) {
                for (Layout layout : List.of(Layout.of(List.of(1), 3, 19), Layout.of(List.of(0), 19, 3), Layout.of(List.of(1), 2, 0))) {
                    reduce(family, kind, type, layout);
                }
            }
        }
        for (DType type : Types.floating()) {
            notFinite(family, type);
        }
        return family;
    }

    private static void reduce(Family family, ReduceKind kind, DType type, Layout layout) {
        for (boolean keepDims : new boolean[] {false, true}) {
            family.op(new Reduce(kind, layout.axes(), keepDims), tolerance(kind, layout),
                    Input.of(type, values(kind, type), layout.shape()));
        }
    }

    private static Values values(ReduceKind kind, DType type) {
        return switch (kind) {
            case ALL -> Values.doubles(random -> random.nextInt(20) == 0 ? 0 : 1);
            case ANY -> Values.doubles(random -> random.nextInt(20) == 0 ? 1 : 0);
            case PROD -> type.isFloating() ? Values.uniform(0.97, 1.03) : Types.plain(type);
            case SUM -> type.isFloating() ? Values.UNIT : Types.plain(type);
            case MAX, MIN -> Types.plain(type);
        };
    }

    private static Tolerance tolerance(ReduceKind kind, Layout layout) {
        return switch (kind) {
            case SUM -> Tolerance.sum(layout.terms());
            case PROD -> Tolerance.product(layout.terms());
            case MAX, MIN, ALL, ANY -> Tolerance.EXACT;
        };
    }

    private static void notFinite(Family family, DType type) {
        double infinity = Double.POSITIVE_INFINITY;
        Values rows = Values.of(1, Double.NaN, 2, 1, infinity, 2, -infinity, -infinity, -infinity, infinity, 0, -infinity, Double.NaN,
                infinity, 3, -1, -2, -3);
        for (ReduceKind kind : List.of(ReduceKind.SUM, ReduceKind.PROD, ReduceKind.MAX, ReduceKind.MIN)) {
            family.op("with NaN and infinities", new Reduce(kind, List.of(1), false), Tolerance.EXACT, Input.of(type, rows, 6, 3));
            family.op("with NaN and infinities", new Reduce(kind, List.of(0), false), Tolerance.EXACT,
                    Input.of(type, Values.of(1, 2, -infinity, Double.NaN, infinity, -infinity), 2, 3));
        }
        for (boolean largest : new boolean[] {false, true}) {
            family.op("with NaN and infinities", new ArgReduce(largest, 1), Tolerance.EXACT, Input.of(type, rows, 6, 3));
        }
        for (CumulativeKind kind : CumulativeKind.values()) {
            family.op("with NaN and infinities", new Cumulative(kind, 1, false), Tolerance.EXACT, Input.of(type, rows, 6, 3));
        }
    }

    static Family ordering() {
        Family family = new Family("order and accumulation");
        for (DType type : DType.values()) {
            orders(family, type);
        }
        for (CumulativeKind kind : CumulativeKind.values()) {
            for (DType type : Types.in(Domain.NUMBER)) {
                cumulative(family, kind, type, 0, 33);
                cumulative(family, kind, type, 1, 3, 17, 4);
            }
            cumulative(family, kind, DType.FLOAT32, 0, 0);
            cumulative(family, kind, DType.FLOAT32, 1, 3, 0);
            cumulative(family, kind, DType.FLOAT32, 1, 317, 331);
            cumulative(family, kind, DType.FLOAT32, 0, 317, 331);
        }
        return family;
    }

    private static void orders(Family family, DType type) {
        for (boolean flag : new boolean[] {false, true}) {
            for (Values values : Stream.of(Types.wild(type), Types.plain(type), Values.FEW).distinct().toList()) {
                String variant = values == Values.FEW ? "few" : values == Types.plain(type) ? "plain" : "wild";
                Input x = Input.of(type, values, 3, 37, 2);
                family.op(variant, new Sort(1, flag), Tolerance.EXACT, x);
                family.op(variant, new ArgSort(1, flag), Tolerance.EXACT, x);
                family.op(variant, new ArgReduce(flag, 1), Tolerance.EXACT, x);
                family.op(variant, new TopK(flag ? 5 : 0), Tolerance.EXACT, Input.of(type, values, 3, 37));
            }
            family.op("long", new Sort(0, flag), Tolerance.EXACT, Input.of(type, Types.wild(type), 5000));
            family.op("long", new ArgSort(1, flag), Tolerance.EXACT, Input.of(type, Values.FEW, 2, 5000));
            family.op("none", new Sort(0, flag), Tolerance.EXACT, Input.of(type, Values.FEW, 0));
            family.op("none", new ArgSort(1, flag), Tolerance.EXACT, Input.of(type, Values.FEW, 2, 0));
            family.op("none", new ArgReduce(flag, 0), Tolerance.EXACT, Input.of(type, Values.FEW, 3, 0));
            family.op("long", new ArgReduce(flag, 0), Tolerance.EXACT, Input.of(type, Types.plain(type), 100_003));
        }
        family.op("all", new TopK(1000), Tolerance.EXACT, Input.of(type, Types.wild(type), 4, 1000));
        family.op("one", new TopK(1), Tolerance.EXACT, Input.of(type, Values.FEW, 1));
    }

    private static void cumulative(Family family, CumulativeKind kind, DType type, int axis, long... dims) {
        long terms = dims[axis];
        boolean inexact = kind == CumulativeKind.SUM || kind == CumulativeKind.PROD;
        Tolerance tolerance = kind == CumulativeKind.SUM ? Tolerance.sum(terms) : inexact ? Tolerance.product(terms) : Tolerance.EXACT;
        Values values = !type.isFloating() ? Types.plain(type) : kind == CumulativeKind.PROD ? Values.uniform(0.97, 1.03) : Values.UNIT;
        for (boolean reverse : new boolean[] {false, true}) {
            family.op(new Cumulative(kind, axis, reverse), tolerance, Input.of(type, values, dims));
        }
    }
}
