package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the fusions of attention mean.
 *
 * <p>Forward, the operands are query, key, value, then the bias, if there is one. Results: output, and in training the
 * statistics [batch, heads, targets, 1]. The gradient has the same operands, then output, statistics and the gradient of the
 * output. Results: the gradients of query, key and value.
 */
final class AttentionBody {
    /** What a score is replaced by that does not count. */
    static final double HIDDEN = -1e9;

    /** From [batch, steps, heads, depth] to [batch, heads, steps, depth], and back. */
    static final Transpose SWAP = new Transpose(List.of(0, 2, 1, 3));

    private static final List<Integer> LAST = List.of(3);

    private final Attention attention;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final List<Value> operands = new ArrayList<>();
    private final Value scale;

    private AttentionBody(Attention attention) {
        this.attention = attention;
        for (Shape shape : List.of(attention.query(), attention.key(), attention.value())) {
            parameter(attention.dtype(), shape);
        }
        if (attention.bias() != null) {
            parameter(DType.FLOAT32, attention.bias());
        }
        this.scale = number(attention.scale());
    }

    /** The forward pass. */
    static Program forward(Attention attention) {
        return new AttentionBody(attention).forward();
    }

    /** The gradients. */
    static Program gradient(Attention attention) {
        return new AttentionBody(attention).gradient();
    }

    private Value parameter(DType dtype, Shape shape) {
        Value value = builder.parameter(new TensorType(dtype, shape));
        operands.add(value);
        return value;
    }

    private Value number(double value) {
        return builder.constant(Literal.scalar(DType.FLOAT32, value));
    }

    private Value binary(BinaryKind kind, Value a, Value b) {
        return builder.add(new Binary(kind), a, b);
    }

    private Value reduce(ReduceKind kind, Value rows) {
        return builder.add(new Reduce(kind, LAST, true), rows);
    }

    private Value swapped(Value value) {
        return builder.add(SWAP, value);
    }

    private Value wide(Value value) {
        return value.type().dtype() == DType.FLOAT32 ? value : builder.add(new Cast(DType.FLOAT32), value);
    }

    private Value narrow(Value value) {
        return attention.dtype() == DType.FLOAT32 ? value : builder.add(new Cast(attention.dtype()), value);
    }

    private Value product(boolean transposeA, boolean transposeB, Value a, Value b) {
        return builder.add(new MatMul(transposeA, transposeB), a, b);
    }

    private Value scores(Value q, Value k) {
        Value scores = binary(BinaryKind.MUL, wide(product(false, true, q, k)), scale);
        if (attention.bias() != null) {
            scores = binary(BinaryKind.ADD, scores, operands.get(Attention.OPERANDS));
        }
        return attention.causal() ? builder.add(new Select(), past(), scores, number(HIDDEN)) : scores;
    }

    private Value past() {
        TensorType square = TensorType.of(DType.INT32, attention.targets(), attention.sources());
        return builder.add(new Compare(CompareKind.GE), builder.add(new Iota(square, 0)), builder.add(new Iota(square, 1)));
    }

    private Program forward() {
        Value scores = scores(swapped(operands.get(0)), swapped(operands.get(1)));
        Value largest = reduce(ReduceKind.MAX, scores);
        Value exponentials = builder.add(new Unary(UnaryKind.EXP), binary(BinaryKind.SUB, scores, largest));
        Value sums = reduce(ReduceKind.SUM, exponentials);
        Value weights = narrow(binary(BinaryKind.DIV, exponentials, sums));
        Value output = swapped(product(false, false, weights, swapped(operands.get(2))));
        return attention.training()
                ? builder.build(output, binary(BinaryKind.ADD, largest, builder.add(new Unary(UnaryKind.LOG), sums)))
                : builder.build(output);
    }

    private Program gradient() {
        Value output = swapped(parameter(attention.dtype(), attention.output()));
        Value statistics = parameter(DType.FLOAT32, attention.statistics());
        Value gradient = swapped(parameter(attention.dtype(), attention.output()));
        Value q = swapped(operands.get(0));
        Value k = swapped(operands.get(1));
        Value weights = builder.add(new Unary(UnaryKind.EXP), binary(BinaryKind.SUB, scores(q, k), statistics));
        Value ofWeights = wide(product(false, true, gradient, swapped(operands.get(2))));
        Value common = reduce(ReduceKind.SUM, binary(BinaryKind.MUL, wide(gradient), wide(output)));
        Value ofScores = binary(BinaryKind.MUL, binary(BinaryKind.SUB, ofWeights, common), weights);
        Value ofProduct = narrow(binary(BinaryKind.MUL, ofScores, scale));
        return builder.build(swapped(product(false, false, ofProduct, k)), swapped(product(true, false, ofProduct, q)),
                swapped(product(true, false, narrow(weights), gradient)));
    }
}
