package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Unary;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Ops that make each element of the result from one element of each operand. */
final class Elementwise {
    private Elementwise() {}

    static void register(Kernels kernels) {
        kernels.single(Unary.class, Elementwise::unary);
        kernels.single(Binary.class, Elementwise::binary);
        kernels.single(Compare.class, Elementwise::compare);
        kernels.single(Select.class, (op, x, result) -> select(x, result.shape()));
        kernels.single(StopGradient.class, (op, x, result) -> x.get(0));
    }

    private static Tensor unary(Unary op, List<Tensor> operands, TensorType result) {
        Tensor x = operands.get(0);
        if (op.kind().isPredicate()) {
            return test(op, x.doubles, result);
        }
        return x.isFloating()
                ? Tensor.ofDoubles(result, map(x.doubles, UnaryFunctions.ofDouble(op.kind())))
                : Tensor.ofLongs(result, map(x.longs, UnaryFunctions.ofLong(op.kind(), x.dtype())));
    }

    private static double[] map(double[] x, DoubleUnaryOperator function) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = function.applyAsDouble(x[i]);
        }
        return y;
    }

    private static long[] map(long[] x, LongUnaryOperator function) {
        long[] y = new long[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = function.applyAsLong(x[i]);
        }
        return y;
    }

    private static Tensor test(Unary op, double[] x, TensorType result) {
        long[] y = new long[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = UnaryFunctions.test(op.kind(), x[i]) ? 1 : 0;
        }
        return Tensor.ofLongs(result, y);
    }

    private static Tensor binary(Binary op, List<Tensor> operands, TensorType result) {
        Tensor a = operands.get(0).stretched(result.shape());
        Tensor b = operands.get(1).stretched(result.shape());
        return a.isFloating()
                ? Tensor.ofDoubles(result, zip(a.doubles, b.doubles, BinaryFunctions.ofDouble(op.kind(), a.dtype())))
                : Tensor.ofLongs(result, zip(a.longs, b.longs, BinaryFunctions.ofLong(op.kind(), a.dtype())));
    }

    private static double[] zip(double[] a, double[] b, DoubleBinaryOperator function) {
        double[] y = new double[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = function.applyAsDouble(a[i], b[i]);
        }
        return y;
    }

    private static long[] zip(long[] a, long[] b, LongBinaryOperator function) {
        long[] y = new long[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = function.applyAsLong(a[i], b[i]);
        }
        return y;
    }

    private static Tensor compare(Compare op, List<Tensor> operands, TensorType result) {
        Tensor a = operands.get(0).stretched(result.shape());
        Tensor b = operands.get(1).stretched(result.shape());
        long[] y = new long[a.size()];
        for (int i = 0; i < y.length; i++) {
            boolean holds = a.isFloating()
                    ? holds(op.kind(), a.doubles[i], b.doubles[i])
                    : holds(op.kind(), Long.compare(a.longs[i], b.longs[i]), 0);
            y[i] = holds ? 1 : 0;
        }
        return Tensor.ofLongs(result, y);
    }

    private static boolean holds(CompareKind kind, double a, double b) {
        return switch (kind) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }

    private static Tensor select(List<Tensor> operands, Shape shape) {
        long[] condition = operands.get(0).stretched(shape).longs;
        Tensor a = operands.get(1).stretched(shape);
        Tensor b = operands.get(2).stretched(shape);
        Tensor result = Tensor.zeros(a.type);
        for (int i = 0; i < result.doubles.length; i++) {
            result.doubles[i] = condition[i] != 0 ? a.doubles[i] : b.doubles[i];
        }
        for (int i = 0; i < result.longs.length; i++) {
            result.longs[i] = condition[i] != 0 ? a.longs[i] : b.longs[i];
        }
        return result;
    }
}
