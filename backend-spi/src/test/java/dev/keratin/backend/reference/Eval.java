package dev.keratin.backend.reference;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.stream.Stream;

/** Runs single ops on numbers. */
final class Eval {
    private Eval() {}

    static Tensor floats(TensorType type, double... values) {
        return Tensor.ofDoubles(type, values.clone());
    }

    /** A float64 vector. */
    static Tensor vector(double... values) {
        return floats(TensorType.of(DType.FLOAT64, values.length), values);
    }

    static Tensor whole(TensorType type, long... values) {
        return Tensor.ofLongs(type, values.clone());
    }

    /** A vector of whole numbers. */
    static Tensor whole(DType dtype, long... values) {
        return whole(TensorType.of(dtype, values.length), values);
    }

    static List<Tensor> all(Op op, Tensor... operands) {
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> values = Stream.of(operands).map(operand -> builder.parameter(operand.type)).toList();
        return new Plan(builder.build(builder.add(op, values))).call(List.of(operands));
    }

    static Tensor one(Op op, Tensor... operands) {
        return all(op, operands).get(0);
    }

    static double[] doubles(Op op, Tensor... operands) {
        return one(op, operands).doubles;
    }

    static long[] longs(Op op, Tensor... operands) {
        return one(op, operands).longs;
    }

    /** Numbers from -1 to 1 without a pattern. */
    static Tensor pattern(long seed, long... dims) {
        Tensor tensor = Tensor.zeros(TensorType.of(DType.FLOAT64, dims));
        java.util.Random random = new java.util.Random(seed);
        for (int i = 0; i < tensor.doubles.length; i++) {
            tensor.doubles[i] = random.nextDouble() * 2 - 1;
        }
        return tensor;
    }

    static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.doubles.length; i++) {
            sum += a.doubles[i] * b.doubles[i];
        }
        return sum;
    }
}
