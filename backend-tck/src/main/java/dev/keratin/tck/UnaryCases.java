package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import java.util.List;

/** Functions of one element: every kind on every type that it takes. */
final class UnaryCases {
    private static final List<UnaryKind> FINE_NEAR_ZERO = List.of(UnaryKind.EXPM1, UnaryKind.LOG1P, UnaryKind.SIN,
            UnaryKind.TAN, UnaryKind.ASIN, UnaryKind.ATAN, UnaryKind.SINH, UnaryKind.TANH, UnaryKind.ASINH,
            UnaryKind.ATANH, UnaryKind.ERF, UnaryKind.ERFINV, UnaryKind.CBRT);

    private UnaryCases() {}

    static Family family() {
        Family family = new Family("unary");
        for (UnaryKind kind : UnaryKind.values()) {
            for (DType type : Types.in(kind.domain())) {
                add(family, kind, type);
            }
        }
        for (DType type : DType.values()) {
            family.op(new StopGradient(), Tolerance.BITS, Input.of(type, Types.wild(type), 40));
        }
        return family;
    }

    private static void add(Family family, UnaryKind kind, DType type) {
        Unary op = new Unary(kind);
        boolean wide = type == DType.FLOAT32;
        for (Shape shape : wide ? Types.SHAPES : List.of(Shape.scalar(), Shape.of(0), Shape.of(1023))) {
            family.op("on its domain", op, tolerance(kind), Input.of(type, domain(kind, type), shape));
        }
        family.op("at extremes", op, tolerance(kind), Input.of(type, Types.wild(type), 4, Specials.COUNT));
        if (FINE_NEAR_ZERO.contains(kind)) {
            family.op("near 0", op, tolerance(kind), Input.of(type, Values.uniform(-1e-3, 1e-3), 129));
        }
        if (kind == UnaryKind.LOG2 || kind == UnaryKind.EXP2) {
            family.op("of powers of two", op, Tolerance.EXACT, Input.of(type, powers(kind), 20));
        }
    }

    private static Values powers(UnaryKind kind) {
        return Values.of(kind == UnaryKind.LOG2 ? new double[] {0.25, 0.5, 1, 2, 4, 8, 1024} : new double[] {-3, 0, 1, 2, 10});
    }

    private static Values domain(UnaryKind kind, DType type) {
        if (!type.isFloating()) {
            return Types.plain(type);
        }
        return switch (kind) {
            case SQRT, RSQRT, LOG, LOG2, LOG10 -> Values.uniform(0.01, 10);
            case LOG1P -> Values.uniform(-0.9, 5);
            case ASIN, ACOS, ATANH, ERFINV -> Values.uniform(-0.99, 0.99);
            case ACOSH -> Values.uniform(1, 10);
            case TAN -> Values.uniform(-1.5, 1.5);
            case RECIPROCAL -> Values.HALVES;
            case IS_NAN, IS_INF, IS_FINITE -> Values.SPECIAL;
            default -> Values.uniform(-4, 4);
        };
    }

    private static Tolerance tolerance(UnaryKind kind) {
        return switch (kind) {
            case NEG, ABS, SIGN, RELU, NOT, FLOOR, CEIL, ROUND, TRUNC, IS_NAN, IS_INF, IS_FINITE -> Tolerance.EXACT;
            case SQUARE, RECIPROCAL, SQRT, RSQRT -> Tolerance.ROUNDED;
            case SIN, COS, TAN -> Tolerance.PERIODIC;
            default -> Tolerance.FUNCTION;
        };
    }
}
