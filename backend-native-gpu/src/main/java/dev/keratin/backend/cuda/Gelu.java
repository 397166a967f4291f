package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Recognises gelu(x) = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))), and its gradient, by what nodes compute and not by
 * how they are written: sums, products and tanh of x make analytic functions, and such a function that agrees with gelu at
 * many points is gelu. Elements are followed at these points through the nodes of a program, in float64.
 */
final class Gelu {
    private static final int POINTS = 33;
    private static final double FARTHEST = 4;
    private static final Set<BinaryKind> BINARY = EnumSet.of(BinaryKind.ADD, BinaryKind.SUB, BinaryKind.MUL);
    private static final Set<UnaryKind> UNARY = EnumSet.of(UnaryKind.SQUARE, UnaryKind.NEG, UnaryKind.TANH);

    private final double[] x = points(i -> FARTHEST * (2.0 * i / (POINTS - 1) - 1));
    /** Gradients, in no pattern that the points have. */
    private final double[] g = points(i -> Math.cos(i * i));
    private final Map<Value, double[]> known = new HashMap<>();
    private final Set<Value> ofGradient = new HashSet<>();
    private final DType dtype;
    private final Shape shape;
    private @Nullable Value gradient;

    /** Nothing is known but x. */
    Gelu(Value x) {
        this.dtype = x.type().dtype();
        this.shape = x.type().shape();
        known.put(x, this.x);
    }

    static double value(double x) {
        return x / 2 * (1 + bend(x));
    }

    static double slope(double x) {
        double ofBend = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
        return (1 + bend(x)) / 2 + x / 2 * (1 - bend(x) * bend(x)) * ofBend;
    }

    private static double bend(double x) {
        return Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
    }

    /** From now on a value is taken for the gradient of gelu(x). */
    void gradient(Value value) {
        gradient = value;
        known.put(value, g);
    }

    /** Whether a value that has been followed is computed from the gradient. */
    boolean isOfGradient(Value value) {
        return ofGradient.contains(value);
    }

    /** Whether all that a node reads is known, and it is followed from now on. */
    boolean follow(Node node) {
        double[] elements = node.op() instanceof Constant constant ? splat(constant) : isLike(node.output()) ? apply(node) : null;
        if (elements != null) {
            known.put(node.output(), elements);
            if (node.inputs().stream().anyMatch(value -> value == gradient || ofGradient.contains(value))) {
                ofGradient.add(node.output());
            }
        }
        return elements != null;
    }

    private boolean isLike(Value value) {
        return value.type().shape().equals(shape) && value.type().dtype().isFloating();
    }

    private static double @Nullable [] splat(Constant constant) {
        return constant.value().isSplat() && constant.value().type().dtype().isFloating()
                ? points(i -> constant.value().doubleAt(0)) : null;
    }

    private double @Nullable [] apply(Node node) {
        if (!known.keySet().containsAll(node.inputs())) {
            return null;
        }
        double[] a = known.get(node.inputs().get(0));
        if (node.op() instanceof Binary binary && BINARY.contains(binary.kind())) {
            double[] b = known.get(node.inputs().get(1));
            return points(i -> apply(binary.kind(), a[i], b[i]));
        }
        if (node.op() instanceof Unary unary && UNARY.contains(unary.kind())) {
            return points(i -> apply(unary.kind(), a[i]));
        }
        return node.op() instanceof Cast ? a : null;
    }

    private static double apply(BinaryKind kind, double a, double b) {
        return kind == BinaryKind.ADD ? a + b : kind == BinaryKind.SUB ? a - b : a * b;
    }

    private static double apply(UnaryKind kind, double a) {
        return kind == UnaryKind.SQUARE ? a * a : kind == UnaryKind.NEG ? -a : Math.tanh(a);
    }

    /** Whether a value is gelu(x). */
    boolean isValue(Value value) {
        return isNear(value, points(i -> value(x[i])));
    }

    /** Whether a value is the gradient of x. */
    boolean isGradient(Value value) {
        return isNear(value, points(i -> g[i] * slope(x[i])));
    }

    private boolean isNear(Value value, double[] expected) {
        double[] elements = known.get(value);
        return elements != null && value.type().dtype() == dtype && IntStream.range(0, POINTS)
                .allMatch(i -> Math.abs(elements[i] - expected[i]) <= tolerance() * Math.max(1, Math.abs(expected[i])));
    }

    /** Constants are rounded to the element type. */
    private double tolerance() {
        return dtype == DType.BFLOAT16 ? 1e-2 : dtype == DType.FLOAT16 ? 1e-3 : 1e-6;
    }

    private static double[] points(IntToDoubleFunction element) {
        return IntStream.range(0, POINTS).mapToDouble(element).toArray();
    }
}
