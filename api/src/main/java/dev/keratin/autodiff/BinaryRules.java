package dev.keratin.autodiff;

import static dev.keratin.Ops.*;

import dev.keratin.Tensor;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Select;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The derivatives of functions of two elements: a and b are the operands, y the result, g the gradient of y. */
final class BinaryRules {
    private BinaryRules() {}

    static List<@Nullable Tensor> gradients(Binary op, Application use) {
        Tensor a = use.input(0);
        Tensor b = use.input(1);
        Tensor y = use.output();
        Tensor g = use.gradient();
        Tensor left = use.needs(0) ? left(op.kind(), a, b, y, g) : null;
        Tensor right = use.needs(1) ? right(op.kind(), a, b, y, g) : null;
        return Arrays.asList(
                left == null ? null : Rules.unbroadcast(left, a.shape()),
                right == null ? null : Rules.unbroadcast(right, b.shape()));
    }

    static List<@Nullable Tensor> select(Select op, Application use) {
        Tensor condition = use.input(0);
        Tensor g = use.gradient();
        Tensor zero = scalar(g.dtype(), 0);
        return Arrays.asList(null,
                use.needs(1) ? Rules.unbroadcast(where(condition, g, zero), use.input(1).shape()) : null,
                use.needs(2) ? Rules.unbroadcast(where(condition, zero, g), use.input(2).shape()) : null);
    }

    private static @Nullable Tensor left(BinaryKind kind, Tensor a, Tensor b, Tensor y, Tensor g) {
        return switch (kind) {
            case ADD, SUB, MOD, REMAINDER, NEXT_AFTER -> g;
            case MUL -> multiply(g, b);
            case DIV -> divide(g, b);
            case POW -> multiply(g, multiply(b, power(a, subtract(b, 1))));
            case MAX -> where(greaterEqual(a, b), g, scalar(g.dtype(), 0));
            case MIN -> where(lessEqual(a, b), g, scalar(g.dtype(), 0));
            case ATAN2 -> divide(multiply(g, b), add(square(a), square(b)));
            case FLOOR_DIV, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> null;
        };
    }

    private static @Nullable Tensor right(BinaryKind kind, Tensor a, Tensor b, Tensor y, Tensor g) {
        return switch (kind) {
            case ADD -> g;
            case SUB -> negative(g);
            case MUL -> multiply(g, a);
            case DIV -> negative(divide(multiply(g, y), b));
            case MOD -> negative(multiply(g, floor(divide(a, b))));
            case REMAINDER -> negative(multiply(g, trunc(divide(a, b))));
            case POW -> multiply(g, multiply(y, log(where(greater(a, 0), a, scalar(a.dtype(), 1)))));
            case MAX -> where(greaterEqual(a, b), scalar(g.dtype(), 0), g);
            case MIN -> where(lessEqual(a, b), scalar(g.dtype(), 0), g);
            case ATAN2 -> negative(divide(multiply(g, a), add(square(a), square(b))));
            case NEXT_AFTER, FLOOR_DIV, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> null;
        };
    }
}
