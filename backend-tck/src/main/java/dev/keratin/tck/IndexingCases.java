package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import java.util.Arrays;
import java.util.List;

/** Gathers and scatters: every op on every type and both types of indices. */
final class IndexingCases {
    private IndexingCases() {}

    static Family family() {
        Family family = new Family("gather and scatter");
        for (DType type : DType.values()) {
            for (DType index : List.of(DType.INT32, DType.INT64)) {
                everyGather(family, type, index);
            }
            for (ScatterKind kind : ScatterKind.values()) {
                if (type != DType.BOOL || kind == ScatterKind.SET) {
                    everyScatter(family, kind, type);
                }
            }
        }
        gathers(family);
        scatters(family);
        return family;
    }

    private static void everyGather(Family family, DType type, DType index) {
        Input x = Input.of(type, Types.wild(type), 4, 5, 6);
        family.op(new Gather(1), Tolerance.BITS, x, Input.of(index, Values.below(5), 2, 3));
        family.op(new GatherElements(1), Tolerance.BITS, x, Input.of(index, Values.below(5), 4, 9, 6));
        family.op(new GatherNd(), Tolerance.BITS, x, Input.of(index, Values.below(4), 7, 2));
    }

    private static void gathers(Family family) {
        Input x = Input.of(DType.FLOAT32, Values.SPECIAL, 200, 64);
        gather(family, 0, x, 200);
        gather(family, 0, x, 200, 0);
        gather(family, 0, x, 200, 50, 20);
        gather(family, 1, x, 64, 100);
        gather(family, 0, Input.of(DType.FLOAT32, Values.NORMAL, 1000), 1000, 100_003);
        gather(family, 4, Input.of(DType.FLOAT32, Values.NORMAL, 2, 2, 2, 2, 3), 3, 2, 2);
        gather(family, 0, Input.of(DType.FLOAT32, Values.NORMAL, 0, 5), 1, 0);
        for (int tuple = 0; tuple <= 3; tuple++) {
            family.op(new GatherNd(), Tolerance.BITS, Input.of(DType.FLOAT32, Values.NORMAL, 3, 3, 4),
                    Input.of(DType.INT32, Values.below(3), 2, 5, tuple));
        }
        family.op(new GatherElements(0), Tolerance.BITS, Input.of(DType.FLOAT32, Values.NORMAL, 17),
                Input.of(DType.INT32, Values.below(17), 1023));
        family.op(new GatherElements(2), Tolerance.BITS, Input.of(DType.FLOAT32, Values.NORMAL, 3, 2, 9, 2),
                Input.of(DType.INT32, Values.below(9), 3, 2, 1, 2));
    }

    private static void gather(Family family, int axis, Input x, int length, long... indices) {
        family.op(new Gather(axis), Tolerance.BITS, x, Input.of(DType.INT32, Values.below(length), indices));
    }

    private static Tolerance tolerance(ScatterKind kind) {
        return switch (kind) {
            case SET -> Tolerance.BITS;
            case ADD -> Tolerance.sum(30);
            case MUL -> Tolerance.product(30);
            case MAX, MIN -> Tolerance.EXACT;
        };
    }

    private static void everyScatter(Family family, ScatterKind kind, DType type) {
        Values values = type.isFloating() ? Values.uniform(0.5, 1.5) : Types.plain(type);
        Input x = Input.of(type, values, 4, 5, 6);
        family.op(new ScatterElements(1, kind), tolerance(kind), x, Input.of(DType.INT32, distinct(), 4, 5, 6),
                Input.of(type, values, 4, 5, 6));
        family.op("repeated", new ScatterElements(1, kind), tolerance(kind), x, Input.of(DType.INT64, Values.below(5), 4, 9, 6),
                Input.of(type, values, 4, 9, 6));
        family.op(new ScatterNd(kind), tolerance(kind), x, Input.of(DType.INT32, Values.below(4), 9, 2),
                Input.of(type, values, 9, 6));
    }

    /** A permutation along the middle axis of [4, 5, 6]. */
    private static Values distinct() {
        return Values.byPlace(i -> (i / 6 * 2 + 1) % 5);
    }

    private static void scatters(Family family) {
        for (ScatterKind kind : ScatterKind.values()) {
            scatterNd(family, kind, Shape.of(10), 1023, 1);
            scatterNd(family, kind, Shape.of(10), 0, 1);
            scatterNd(family, kind, Shape.of(3, 3), 4, 0);
            scatterNd(family, kind, Shape.of(3, 4, 5), 7, 3);
            scatterNd(family, kind, Shape.of(50, 64), 300, 1);
        }
        for (ScatterKind kind : List.of(ScatterKind.MAX, ScatterKind.MIN)) {
            family.op("with NaN", new ScatterElements(0, kind), Tolerance.EXACT, Input.of(DType.FLOAT32, Values.NORMAL, 20),
                    Input.of(DType.INT32, Values.below(20), 40), Input.of(DType.FLOAT32, Values.SPECIAL, 40));
            family.op("onto NaN", new ScatterElements(0, kind), Tolerance.EXACT, Input.of(DType.FLOAT32, Values.SPECIAL, 20),
                    Input.of(DType.INT32, Values.below(20), 40), Input.of(DType.FLOAT32, Values.NORMAL, 40));
        }
        family.op("big", new ScatterElements(0, ScatterKind.ADD), Tolerance.sum(200), Input.of(DType.FLOAT32, Values.UNIT, 1000),
                Input.of(DType.INT32, Values.below(1000), 100_003), Input.of(DType.FLOAT32, Values.UNIT, 100_003));
    }

    private static void scatterNd(Family family, ScatterKind kind, Shape x, long count, long tuple) {
        int least = (int) Arrays.stream(x.dims()).min().orElse(1);
        Shape updates = Shape.of(count).concat(x.subShape((int) tuple, x.rank()));
        Values values = kind == ScatterKind.MUL ? Values.uniform(0.97, 1.03) : Values.UNIT;
        Tolerance tolerance = kind == ScatterKind.MUL ? Tolerance.product(200)
                : kind == ScatterKind.ADD ? Tolerance.sum(200) : tolerance(kind);
        family.op("float", new ScatterNd(kind), tolerance, Input.of(DType.FLOAT32, values, x),
                Input.of(DType.INT32, Values.below(least), count, tuple), Input.of(DType.FLOAT32, values, updates));
    }
}
