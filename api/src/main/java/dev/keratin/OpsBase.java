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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        return x.dtype() == dtype ? x : x.isSymbolic() ? node("Cast", x, dtype) : apply(new Cast(dtype), x);
    }

    /** {@link #cast(Tensor, DType)} to the type with a Keras name such as {@code "float32"}. */
    public static Tensor cast(Tensor x, String dtype) {
        return cast(x, DType.of(dtype));
    }

    /** The same elements; gradients do not flow through. */
    public static Tensor stopGradient(Tensor x) {
        return x.isSymbolic() ? node("StopGradient", x) : apply(new StopGradient(), x);
    }

    /** All elements equal to a number. */
    public static Tensor full(Shape shape, double value, DType dtype) {
        return constant(Literal.splat(new TensorType(dtype, shape), value));
    }

    /**
     * The scalar that a Java number stands for beside a tensor: of its type, or of int32, int64 or the floatx if only that
     * can hold it.
     */
    static Tensor beside(Tensor x, double value) {
        if (x.dtype().isFloating()) {
            return scalar(x.dtype(), value);
        }
        boolean whole = value == Math.rint(value) && !Double.isInfinite(value);
        DType dtype = !whole ? Configuration.floatx() : holds(x.dtype(), value) ? x.dtype()
                : holds(DType.INT32, value) ? DType.INT32 : DType.INT64;
        return scalar(dtype, value);
    }

    /** Whether a whole number lies in the range of an integer type; none in that of bool. */
    private static boolean holds(DType dtype, double value) {
        return dtype.isInteger() && value >= least(dtype) && value <= most(dtype);
    }

    /** The least number of an integer type. */
    static double least(DType dtype) {
        return dtype == DType.UINT8 ? 0 : -Math.scalb(1.0, 8 * dtype.byteSize() - 1);
    }

    /** The greatest number of an integer type, or the double above it. */
    static double most(DType dtype) {
        return dtype == DType.UINT8 ? 255 : Math.scalb(1.0, 8 * dtype.byteSize() - 1) - 1;
    }

    /** The tensor if it is floating, else converted to the floatx. */
    static Tensor floating(Tensor x) {
        return x.dtype().isFloating() ? x : cast(x, Configuration.floatx());
    }

    /** The tensor if it isn't bool, else converted to int32. */
    static Tensor number(Tensor x) {
        return x.dtype() == DType.BOOL ? cast(x, DType.INT32) : x;
    }

    /** The tensor as indices: int64 stays, all else becomes int32. */
    static Tensor indices(Tensor x) {
        return x.dtype() == DType.INT64 ? x : cast(x, DType.INT32);
    }

    /** Whether a tensor is a placeholder of a functional model: then the function becomes a {@link #node} of its graph. */
    static boolean symbolic(Tensor a, Tensor b) {
        return a.isSymbolic() || b.isSymbolic();
    }

    /** {@link #symbolic(Tensor, Tensor)} of any number of tensors. */
    static boolean symbolic(Iterable<? extends Tensor> tensors) {
        for (Tensor tensor : tensors) {
            if (tensor.isSymbolic()) {
                return true;
            }
        }
        return false;
    }

    /**
     * A call as a node of a functional model's graph.
     *
     * @param op the Keras class of the function
     * @param arguments as {@link OpTable#call} takes them
     */
    static Tensor node(String op, @Nullable Object... arguments) {
        return OpTable.call(op, arguments).get(0);
    }

    /**
     * Computes a function that has no class in Keras or that takes functions. On a placeholder of a functional model it
     * becomes one node of the graph, which runs the function when the lengths are known.
     */
    static List<Tensor> define(String name, List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> body) {
        return inputs.stream().anyMatch(Tensor::isSymbolic)
                ? List.copyOf(GraphNode.call(new FunctionOperation(name, body), inputs)) : body.apply(inputs);
    }
}
