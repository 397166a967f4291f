package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FusionTest {
    private final ProgramBuilder body = new ProgramBuilder();

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "3, 10", "200, 10", "5, 512", "7, 1000", "2, 8192", "1, 8193", "3, 40000", "40, 2000"})
    void row_softmax_agreesWithReference(long rows, long columns) {
        Value x = body.parameter(TensorType.of(DType.FLOAT32, rows, columns));
        Value e = exp(sub(x, reduce(ReduceKind.MAX, x)));
        check(FusionKind.ROW, body.build(div(e, reduce(ReduceKind.SUM, e))));
    }

    @ParameterizedTest
    @CsvSource({"3, 10", "200, 33", "5, 700", "2, 20000"})
    void row_layerNormalisation_givesOutputAndStatistics(long rows, long columns) {
        Value x = body.parameter(TensorType.of(DType.FLOAT32, rows, columns));
        Value scale = body.parameter(TensorType.of(DType.FLOAT32, columns));
        Value perRow = body.parameter(TensorType.of(DType.FLOAT32, rows, 1));
        Value count = body.constant(Literal.scalar(DType.FLOAT32, columns));
        Value mean = div(reduce(ReduceKind.SUM, x), count);
        Value centred = sub(x, mean);
        Value deviation = body.add(new Unary(UnaryKind.SQRT), div(reduce(ReduceKind.SUM, mul(centred, centred)), count));
        Value shifted = add(mul(div(centred, deviation), scale), perRow);
        check(FusionKind.ROW, body.build(shifted, mean, deviation), 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT64", "INT8", "UINT8", "INT32", "INT64"})
    void row_maximumOfOtherTypes_agreesWithReference(DType type) {
        Value x = body.parameter(TensorType.of(type, 9, 70));
        check(FusionKind.ROW, body.build(sub(x, reduce(ReduceKind.MAX, x)), reduce(ReduceKind.MIN, x)));
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 4", "1, 20000, 8", "5, 40, 30", "2, 100, 900", "1, 7, 30000", "3, 0, 5", "1, 4000, 64"})
    void column_sumsAndMaxima_agreeWithReference(long outer, long rows, long columns) {
        Value x = body.parameter(TensorType.of(DType.FLOAT64, outer, rows, columns));
        Value bias = body.parameter(TensorType.of(DType.FLOAT64, columns));
        Value each = body.parameter(TensorType.of(DType.FLOAT64, rows, 1));
        Value y = mul(add(x, bias), each);
        Reduce sum = new Reduce(ReduceKind.SUM, List.of(1), false);
        Reduce max = new Reduce(ReduceKind.MAX, List.of(1), false);
        check(FusionKind.COLUMN, body.build(body.add(sum, y), body.add(max, y), body.add(sum, exp(y)), y), 1e7);
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "30, 100", "7, 600", "1, 50000", "300, 300"})
    void loop_severalOutputsInPlace_agreesWithReference(long rows, long columns) {
        TensorType type = TensorType.of(DType.FLOAT32, rows, columns);
        Value weights = body.parameter(type);
        Value momentum = body.parameter(type);
        Value gradient = body.parameter(type);
        Value rate = body.parameter(TensorType.of(DType.FLOAT32));
        Value next = add(mul(momentum, body.constant(Literal.scalar(DType.FLOAT32, 0.9))), gradient);
        Value moved = sub(weights, mul(rate, next));
        Program inner = body.build(moved, next, body.add(new Cast(DType.FLOAT16), moved));
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> parameters = inner.parameterTypes().stream().map(builder::parameter).toList();
        List<Value> outputs = builder.add(new Fusion(FusionKind.LOOP, inner), parameters);
        builder.update(parameters.get(0), outputs.get(0));
        builder.update(parameters.get(1), outputs.get(1));
        AgainstReference.check(builder.build(outputs.get(2)));
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "30, 16", "7, 600", "20000, 8", "300, 3000"})
    void column_elementsWhereReducedOperandsLie_agreesWithReference(long rows, long columns) {
        TensorType type = TensorType.of(DType.FLOAT64, rows, columns);
        Value x = body.parameter(type);
        Value y = body.parameter(type);
        Reduce sum = new Reduce(ReduceKind.SUM, List.of(0), false);
        Value product = mul(x, y);
        Program inner = body.build(product, sub(y, product), body.add(sum, x), body.add(sum, y), body.add(sum, product));
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> parameters = inner.parameterTypes().stream().map(builder::parameter).toList();
        List<Value> outputs = builder.add(new Fusion(FusionKind.COLUMN, inner), parameters);
        builder.update(parameters.get(0), outputs.get(0));
        builder.update(parameters.get(1), outputs.get(1));
        Program program = builder.build(outputs.subList(2, 5));
        AgainstReference.check(program, AgainstReference.arguments(program, 1), 1e7);
    }

    @ParameterizedTest
    @EnumSource(ReduceKind.class)
    void reduce_allChoicesOfAxes_agreesWithReference(ReduceKind kind) {
        DType type = kind == ReduceKind.ALL || kind == ReduceKind.ANY ? DType.BOOL : kind == ReduceKind.SUM ? DType.FLOAT64 : DType.FLOAT32;
        for (int mask = 0; mask < 16; mask++) {
            List<Integer> axes = axes(mask);
            ProgramBuilder builder = new ProgramBuilder();
            Value x = builder.parameter(TensorType.of(type, 3, 4, 5, 6));
            Value y = builder.parameter(TensorType.of(type, 3, 1, 5, 1));
            Value z = builder.parameter(TensorType.of(type, 3, 0, 2, 0));
            Program program = builder.build(builder.add(new Reduce(kind, axes, false), x),
                    builder.add(new Reduce(kind, axes, true), y), builder.add(new Reduce(kind, axes, false), z));
            AgainstReference.check(program, AgainstReference.arguments(program, 1), 10);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64", "INT8", "UINT8", "INT32", "INT64"})
    void reduce_allTypes_agreesWithReference(DType type) {
        for (int mask = 1; mask < 8; mask++) {
            ProgramBuilder builder = new ProgramBuilder();
            Value x = builder.parameter(TensorType.of(type, 5, 33, 40));
            Value max = builder.add(new Reduce(ReduceKind.MAX, axes(mask), false), x);
            Value empty = builder.parameter(TensorType.of(type, 0, 0, 0));
            AgainstReference.check(builder.build(max, builder.add(new Reduce(ReduceKind.MIN, axes(mask), false), empty)));
        }
    }

    private static List<Integer> axes(int mask) {
        return List.of(0, 1, 2, 3).stream().filter(axis -> (mask >> axis & 1) == 1).toList();
    }

    private static void check(FusionKind kind, Program inner) {
        check(kind, inner, 0);
    }

    private static void check(FusionKind kind, Program inner, double magnitude) {
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> parameters = inner.parameterTypes().stream().map(builder::parameter).toList();
        Program program = builder.build(builder.add(new Fusion(kind, inner), parameters));
        AgainstReference.check(program, AgainstReference.arguments(program, 1), magnitude);
    }

    private Value reduce(ReduceKind kind, Value x) {
        return body.add(new Reduce(kind, List.of(x.type().shape().rank() - 1), true), x);
    }

    private Value exp(Value x) {
        return body.add(new Unary(UnaryKind.EXP), x);
    }

    private Value add(Value a, Value b) {
        return body.add(new Binary(BinaryKind.ADD), a, b);
    }

    private Value sub(Value a, Value b) {
        return body.add(new Binary(BinaryKind.SUB), a, b);
    }

    private Value mul(Value a, Value b) {
        return body.add(new Binary(BinaryKind.MUL), a, b);
    }

    private Value div(Value a, Value b) {
        return body.add(new Binary(BinaryKind.DIV), a, b);
    }
}
