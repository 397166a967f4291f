package dev.keratin.backend.compiler;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identities of arithmetic and comparison that hold for every floating-point number, signed zeros, infinities and NaN
 * included. The exception is a power of a half: {@code pow} of minus infinity and of minus zero has another sign than
 * the square root.
 */
final class ArithmeticRules implements Rewriter.Rule {
    private final Map<Value, Value> rectified = new HashMap<>();

    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        Value result = null;
        if (op instanceof Unary unary) {
            result = unary(graph, unary.kind(), inputs.get(0));
        } else if (op instanceof Binary binary) {
            result = binary(graph, binary.kind(), inputs.get(0), inputs.get(1));
        } else if (op instanceof Compare compare) {
            result = compare(graph, compare.kind(), inputs.get(0), inputs.get(1));
        }
        return result == null ? null : List.of(result);
    }

    @Override
    public void added(Node node) {
        if (node.op() instanceof Unary unary && unary.kind() == UnaryKind.RELU) {
            rectified.put(node.inputs().get(0), node.output());
        }
    }

    private static @Nullable Value unary(Rewriter graph, UnaryKind kind, Value x) {
        Unary inner = graph.op(x, Unary.class);
        if (inner != null) {
            return unaryOfUnary(graph, kind, inner.kind(), x);
        }
        Compare compared = graph.op(x, Compare.class);
        if (kind == UnaryKind.NOT && compared != null && inverse(compared.kind(), graph.input(x, 0)) != null) {
            return graph.emit(new Compare(inverse(compared.kind(), graph.input(x, 0))), graph.input(x, 0), graph.input(x, 1));
        }
        return null;
    }

    private static @Nullable Value unaryOfUnary(Rewriter graph, UnaryKind outer, UnaryKind inner, Value x) {
        Value source = graph.input(x, 0);
        return switch (outer) {
            case NEG, NOT -> inner == outer ? source : null;
            case RELU -> inner == UnaryKind.RELU || inner == UnaryKind.SIGMOID ? x : null;
            case ABS -> inner == UnaryKind.NEG ? graph.emit(new Unary(outer), source)
                    : inner == UnaryKind.ABS || inner == UnaryKind.SQUARE && x.type().dtype().isFloating() ? x : null;
            case SQUARE -> inner == UnaryKind.NEG || inner == UnaryKind.ABS ? graph.emit(new Unary(outer), source) : null;
            case FLOOR, CEIL, ROUND, TRUNC -> isWhole(inner) ? x : null;
            default -> null;
        };
    }

    private static boolean isWhole(UnaryKind kind) {
        return kind == UnaryKind.FLOOR || kind == UnaryKind.CEIL || kind == UnaryKind.ROUND || kind == UnaryKind.TRUNC;
    }

    /** The comparison that holds where another does not; with NaN only equality has one. */
    private static @Nullable CompareKind inverse(CompareKind kind, Value operand) {
        boolean total = !operand.type().dtype().isFloating();
        return switch (kind) {
            case EQ -> CompareKind.NE;
            case NE -> CompareKind.EQ;
            case LT -> total ? CompareKind.GE : null;
            case LE -> total ? CompareKind.GT : null;
            case GT -> total ? CompareKind.LE : null;
            case GE -> total ? CompareKind.LT : null;
        };
    }

    /** A sign test of a rectified value can look at the result instead, which is kept anyway. */
    private @Nullable Value compare(Rewriter graph, CompareKind kind, Value a, Value b) {
        Literal zero = graph.splat(b);
        boolean asksSign = kind == CompareKind.GT || kind == CompareKind.LE;
        if (zero != null && asksSign && zero.doubleAt(0) == 0 && rectified.containsKey(a)) {
            return graph.emit(new Compare(kind), rectified.get(a), b);
        }
        Literal left = graph.splat(a);
        if (left != null && zero == null) {
            return graph.emit(new Compare(mirrored(kind)), b, a);
        }
        return null;
    }

    private static CompareKind mirrored(CompareKind kind) {
        return switch (kind) {
            case EQ, NE -> kind;
            case LT -> CompareKind.GT;
            case LE -> CompareKind.GE;
            case GT -> CompareKind.LT;
            case GE -> CompareKind.LE;
        };
    }

    private static @Nullable Value binary(Rewriter graph, BinaryKind kind, Value a, Value b) {
        Shape shape = Shape.broadcast(a.type().shape(), b.type().shape());
        Value same = a == b ? ofItself(graph, kind, a) : null;
        if (same != null) {
            return same;
        }
        Literal right = graph.splat(b);
        Value result = right == null ? null : withConstant(graph, kind, a, right, shape);
        Literal left = graph.splat(a);
        if (result == null && left != null) {
            result = isCommutative(kind) ? withConstant(graph, kind, b, left, shape) : ofConstant(graph, kind, left, b);
        }
        if (result == null) {
            return negated(graph, kind, a, b);
        }
        return graph.stretch(result, shape);
    }

    static boolean isCommutative(BinaryKind kind) {
        return switch (kind) {
            case ADD, MUL, MAX, MIN, AND, OR, XOR -> true;
            default -> false;
        };
    }

    private static @Nullable Value ofItself(Rewriter graph, BinaryKind kind, Value x) {
        boolean floating = x.type().dtype().isFloating();
        return switch (kind) {
            case MAX, MIN, AND, OR -> x;
            case XOR -> graph.splat(x.type(), 0);
            case SUB -> floating ? null : graph.splat(x.type(), 0);
            case MUL -> graph.emit(new Unary(UnaryKind.SQUARE), x);
            default -> null;
        };
    }

    /** {@code x kind c}. */
    private static @Nullable Value withConstant(Rewriter graph, BinaryKind kind, Value x, Literal c, Shape shape) {
        boolean floating = c.type().dtype().isFloating();
        TensorType full = x.type().withShape(shape);
        return switch (kind) {
            case ADD -> Literals.is(c, floating ? -0.0 : 0) ? x : null;
            case SUB -> Literals.is(c, 0.0) ? x : null;
            case MUL -> Literals.is(c, 1) ? x : Literals.is(c, -1) && signed(c) ? graph.emit(new Unary(UnaryKind.NEG), x)
                    : !floating && Literals.is(c, 0) ? graph.splat(full, 0) : null;
            case DIV -> Literals.is(c, 1) ? x : Literals.dividesExactly(c)
                    ? graph.emit(new Binary(BinaryKind.MUL), x, graph.splat(c.type(), 1 / c.doubleAt(0))) : null;
            case POW -> power(graph, x, c, full);
            case MAX -> Literals.is(c, 0) ? graph.emit(new Unary(UnaryKind.RELU), x) : null;
            case AND, OR, XOR -> bits(graph, kind, x, c, full);
            case SHIFT_LEFT, SHIFT_RIGHT -> Literals.is(c, 0) ? x : null;
            default -> null;
        };
    }

    private static boolean signed(Literal c) {
        return c.type().dtype() != DType.UINT8;
    }

    private static @Nullable Value bits(Rewriter graph, BinaryKind kind, Value x, Literal c, TensorType full) {
        boolean none = c.longAt(0) == 0;
        boolean all = c.longAt(0) == (c.type().dtype() == DType.BOOL ? 1 : c.type().dtype() == DType.UINT8 ? 255 : -1);
        if (!none && !all) {
            return null;
        }
        return switch (kind) {
            case AND -> all ? x : graph.splat(full, 0);
            case OR -> none ? x : graph.splat(c, full.shape());
            default -> none ? x : graph.emit(new Unary(UnaryKind.NOT), x);
        };
    }

    private static @Nullable Value power(Rewriter graph, Value x, Literal c, TensorType full) {
        if (!c.type().dtype().isFloating()) {
            long exponent = c.longAt(0);
            return exponent == 0 ? graph.splat(full, 1) : exponent == 1 ? x : exponent == 2 ? square(graph, x) : null;
        }
        double exponent = c.doubleAt(0);
        if (exponent == 0) {
            return graph.splat(full, 1);
        }
        if (exponent == 3) {
            return graph.emit(new Binary(BinaryKind.MUL), square(graph, x), x);
        }
        UnaryKind kind = exponent == 2 ? UnaryKind.SQUARE : exponent == 0.5 ? UnaryKind.SQRT
                : exponent == -1 ? UnaryKind.RECIPROCAL : exponent == -0.5 ? UnaryKind.RSQRT : null;
        return exponent == 1 ? x : kind == null ? null : graph.emit(new Unary(kind), x);
    }

    private static Value square(Rewriter graph, Value x) {
        return graph.emit(new Unary(UnaryKind.SQUARE), x);
    }

    /** {@code c kind x}. */
    private static @Nullable Value ofConstant(Rewriter graph, BinaryKind kind, Literal c, Value x) {
        if (kind == BinaryKind.SUB && signed(c) && Literals.is(c, c.type().dtype().isFloating() ? -0.0 : 0)) {
            return graph.emit(new Unary(UnaryKind.NEG), x);
        }
        return kind == BinaryKind.DIV && Literals.is(c, 1) ? graph.emit(new Unary(UnaryKind.RECIPROCAL), x) : null;
    }

    private static @Nullable Value negated(Rewriter graph, BinaryKind kind, Value a, Value b) {
        boolean sum = kind == BinaryKind.ADD || kind == BinaryKind.SUB;
        if (sum && isNegation(graph, b)) {
            BinaryKind other = kind == BinaryKind.ADD ? BinaryKind.SUB : BinaryKind.ADD;
            return graph.emit(new Binary(other), a, graph.input(b, 0));
        }
        if (kind == BinaryKind.ADD && isNegation(graph, a)) {
            return graph.emit(new Binary(BinaryKind.SUB), b, graph.input(a, 0));
        }
        boolean product = kind == BinaryKind.MUL || kind == BinaryKind.DIV;
        if (product && isNegation(graph, a) && isNegation(graph, b)) {
            return graph.emit(new Binary(kind), graph.input(a, 0), graph.input(b, 0));
        }
        return null;
    }

    private static boolean isNegation(Rewriter graph, Value value) {
        Unary unary = graph.op(value, Unary.class);
        return unary != null && unary.kind() == UnaryKind.NEG;
    }
}
