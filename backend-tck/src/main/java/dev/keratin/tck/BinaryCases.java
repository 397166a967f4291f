package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Select;
import java.util.List;

/** Functions of two and three elements: every kind on every type that it takes, and every pattern of stretching. */
final class BinaryCases {
    /** Pairs of shapes that stretch to a common one. */
    private static final List<List<Shape>> PAIRS = List.of(
            pair(Shape.scalar(), Shape.scalar()), pair(Shape.scalar(), Shape.of(17)), pair(Shape.of(17), Shape.scalar()),
            pair(Shape.of(1023), Shape.of(1023)), pair(Shape.of(3, 1), Shape.of(1, 5)), pair(Shape.of(1), Shape.of(4, 3)),
            pair(Shape.of(2, 3, 4), Shape.of(4)), pair(Shape.of(4), Shape.of(2, 3, 4)), pair(Shape.of(2, 3, 4), Shape.of(3, 1)),
            pair(Shape.of(2, 1, 4), Shape.of(2, 3, 1)), pair(Shape.of(5, 1, 1), Shape.of(5, 6, 7)),
            pair(Shape.of(0), Shape.of(1)), pair(Shape.of(3, 0), Shape.of(3, 1)), pair(Shape.of(1, 3), Shape.of(0, 3)),
            pair(Shape.of(2, 1, 3, 1, 2), Shape.of(1, 4, 1, 5, 1)), pair(Shape.of(64, 129), Shape.of(129)),
            pair(Shape.of(64, 129), Shape.of(64, 1)), pair(Shape.of(64, 1), Shape.of(64, 129)),
            pair(Shape.of(317, 331), Shape.of(331)), pair(Shape.of(317, 331), Shape.of(317, 331)));

    private BinaryCases() {}

    private static List<Shape> pair(Shape a, Shape b) {
        return List.of(a, b);
    }

    static Family family() {
        Family family = new Family("binary");
        for (BinaryKind kind : BinaryKind.values()) {
            for (DType type : Types.in(kind.domain())) {
                addKind(family, kind, type);
            }
        }
        for (List<Shape> pair : PAIRS) {
            for (DType type : List.of(DType.FLOAT32, DType.INT64)) {
                Tolerance tolerance = type == DType.FLOAT32 ? Tolerance.ROUNDED : Tolerance.EXACT;
                family.op(new Binary(BinaryKind.SUB), tolerance,
                        Input.of(type, Values.HALVES, pair.get(0)), Input.of(type, Values.HALVES, pair.get(1)));
            }
        }
        return family;
    }

    private static void addKind(Family family, BinaryKind kind, DType type) {
        Binary op = new Binary(kind);
        Tolerance tolerance = tolerance(kind);
        boolean quotient = kind == BinaryKind.FLOOR_DIV || kind == BinaryKind.MOD;
        Values a = type.isFloating() ? kind == BinaryKind.POW ? Values.uniform(0.1, 4) : Values.HALVES : Types.wild(type);
        Values b = isShift(kind) ? Values.uniform(type == DType.UINT8 ? 0 : -3, 70) : type.isFloating() ? Values.HALVES : Types.wild(type);
        family.op("plain", op, tolerance, Input.of(type, a, 1023), Input.of(type, b, 1023));
        family.op("plain", op, tolerance, Input.of(type, a, 3, 7), Input.of(type, b));
        family.op("plain", op, tolerance, Input.of(type, a), Input.of(type, b, 3, 7));
        if (kind == BinaryKind.POW) {
            Values small = Values.of(-3, -2, -1, 0, 1, 2, 3, 5, 10);
            family.op("of whole exponents", op, tolerance, Input.of(type, Values.of(-3, -2, -1, 1, 2, 3), 6, 1), Input.of(type, small, 9));
        }
        if (type != DType.BOOL && !(quotient && type.isFloating())) {
            family.op("all pairs of extremes", op, tolerance,
                    Input.of(type, Values.EXTREME, Specials.COUNT, 1), Input.of(type, Values.EXTREME, Specials.COUNT));
        }
    }

    private static boolean isShift(BinaryKind kind) {
        return kind == BinaryKind.SHIFT_LEFT || kind == BinaryKind.SHIFT_RIGHT;
    }

    private static Tolerance tolerance(BinaryKind kind) {
        return switch (kind) {
            case POW, ATAN2 -> Tolerance.FUNCTION;
            case ADD, SUB, MUL, DIV, MOD, REMAINDER -> Tolerance.ROUNDED;
            default -> Tolerance.EXACT;
        };
    }

    static Family comparisons() {
        Family family = new Family("compare and select");
        for (DType type : DType.values()) {
            for (CompareKind kind : CompareKind.values()) {
                family.op(new Compare(kind), Tolerance.EXACT, Input.of(type, Types.wild(type), Specials.COUNT, 1),
                        Input.of(type, Types.wild(type), Specials.COUNT));
                family.op(new Compare(kind), Tolerance.EXACT, Input.of(type, Values.FEW, 1023), Input.of(type, Values.FEW, 1023));
            }
            addSelects(family, type);
        }
        for (List<Shape> pair : PAIRS) {
            family.op("stretched", new Compare(CompareKind.LT), Tolerance.EXACT,
                    Input.of(DType.FLOAT32, Values.FEW, pair.get(0)), Input.of(DType.FLOAT32, Values.FEW, pair.get(1)));
            family.op("with a scalar", new Select(), Tolerance.BITS, Input.of(DType.BOOL, Values.BOOLS, pair.get(0)),
                    Input.of(DType.FLOAT32, Values.SPECIAL, pair.get(1)), Input.of(DType.FLOAT32, Values.NORMAL));
        }
        return family;
    }

    private static void addSelects(Family family, DType type) {
        Input one = Input.of(type, Types.wild(type), 1023);
        Input row = Input.of(type, Types.wild(type), 1, 33);
        Input column = Input.of(type, Types.plain(type), 31, 1);
        family.op(new Select(), Tolerance.BITS, Input.of(DType.BOOL, Values.BOOLS, 1023), one, Input.of(type, Types.plain(type), 1023));
        family.op(new Select(), Tolerance.BITS, Input.of(DType.BOOL, Values.BOOLS, 31, 33), row, column);
        family.op(new Select(), Tolerance.BITS, Input.of(DType.BOOL, Values.of(1)), row, column);
        family.op(new Select(), Tolerance.BITS, Input.of(DType.BOOL, Values.BOOLS, 2, 31, 1), row, column);
    }
}
