package dev.keratin;

import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;

/**
 * The functions on tensors that everybody uses, under their {@code keras.ops} names in camelCase. They take concrete,
 * traced and symbolic tensors alike.
 */
public final class Ops extends OpsBase {
    private Ops() {}

    public static Tensor add(Tensor a, Tensor b) {
        return apply(new Binary(BinaryKind.ADD), a, b);
    }

    public static Tensor add(Tensor a, double b) {
        return add(a, beside(a, b));
    }

    public static Tensor subtract(Tensor a, Tensor b) {
        return apply(new Binary(BinaryKind.SUB), a, b);
    }

    public static Tensor subtract(Tensor a, double b) {
        return subtract(a, beside(a, b));
    }

    public static Tensor multiply(Tensor a, Tensor b) {
        return apply(new Binary(BinaryKind.MUL), a, b);
    }

    public static Tensor multiply(Tensor a, double b) {
        return multiply(a, beside(a, b));
    }

    public static Tensor divide(Tensor a, Tensor b) {
        return apply(new Binary(BinaryKind.DIV), a, b);
    }

    public static Tensor divide(Tensor a, double b) {
        return divide(a, beside(a, b));
    }

    public static Tensor negative(Tensor a) {
        return apply(new Unary(UnaryKind.NEG), a);
    }

    public static Tensor matmul(Tensor a, Tensor b) {
        return apply(new MatMul(false, false), a, b);
    }
}
