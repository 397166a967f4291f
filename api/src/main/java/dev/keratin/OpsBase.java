package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.StopGradient;
import java.util.List;

/** What every family of {@link Ops} is made of. */
abstract class OpsBase {
    OpsBase() {}

    /**
     * Applies an op of the instruction set as it stands, without converting operands.
     *
     * @throws IllegalArgumentException if the operands do not fit
     */
    public static List<Tensor> apply(Op op, List<Tensor> operands) {
        return Dispatch.apply(op, operands);
    }

    /** Applies an op that has one result. */
    public static Tensor apply(Op op, Tensor... operands) {
        return Dispatch.apply(op, List.of(operands)).get(0);
    }

    /** A tensor whose elements are known when a step is compiled. */
    public static Tensor constant(Literal value) {
        return apply(new Constant(value));
    }

    /** One number as a scalar tensor. */
    public static Tensor scalar(DType dtype, double value) {
        return constant(Literal.scalar(dtype, value));
    }

    /** The tensor with its elements converted as {@link Cast} does; the same object if it has the type already. */
    public static Tensor cast(Tensor x, DType dtype) {
        return x.dtype() == dtype ? x : apply(new Cast(dtype), x);
    }

    /** The same elements; gradients do not flow through. */
    public static Tensor stopGradient(Tensor x) {
        return apply(new StopGradient(), x);
    }

    /** All elements equal. */
    public static Tensor full(Shape shape, double value, DType dtype) {
        return constant(Literal.splat(new TensorType(dtype, shape), value));
    }

    /** The scalar that a Java number stands for beside a tensor: of its type, or of the floatx if only that can hold it. */
    static Tensor beside(Tensor x, double value) {
        boolean whole = value == Math.rint(value);
        DType dtype = x.dtype().isFloating() || whole && x.dtype() != DType.BOOL
                ? x.dtype() : whole ? DType.INT32 : Configuration.floatx();
        return scalar(dtype, value);
    }
}
