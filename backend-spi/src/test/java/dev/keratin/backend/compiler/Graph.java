package dev.keratin.backend.compiler;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Writes float32 programs for tests in few words. */
final class Graph {
    final ProgramBuilder builder = new ProgramBuilder();

    Value input(long... dims) {
        return builder.parameter(TensorType.of(DType.FLOAT32, dims));
    }

    Value input(DType dtype, long... dims) {
        return builder.parameter(TensorType.of(dtype, dims));
    }

    Value op(Op op, Value... inputs) {
        return builder.add(op, inputs);
    }

    Value number(double value) {
        return builder.constant(Literal.scalar(DType.FLOAT32, value));
    }

    Value full(double value, long... dims) {
        return builder.constant(Literal.splat(TensorType.of(DType.FLOAT32, dims), value));
    }

    Value unary(UnaryKind kind, Value x) {
        return op(new Unary(kind), x);
    }

    Value binary(BinaryKind kind, Value a, Value b) {
        return op(new Binary(kind), a, b);
    }

    Value add(Value a, Value b) {
        return binary(BinaryKind.ADD, a, b);
    }

    Value sub(Value a, Value b) {
        return binary(BinaryKind.SUB, a, b);
    }

    Value mul(Value a, Value b) {
        return binary(BinaryKind.MUL, a, b);
    }

    Value div(Value a, Value b) {
        return binary(BinaryKind.DIV, a, b);
    }

    Value compare(CompareKind kind, Value a, Value b) {
        return op(new Compare(kind), a, b);
    }

    Value select(Value condition, Value a, Value b) {
        return op(new Select(), condition, a, b);
    }

    Value cast(DType to, Value x) {
        return op(new Cast(to), x);
    }

    Value matMul(Value a, Value b) {
        return op(new MatMul(false, false), a, b);
    }

    Value transpose(Value x, Integer... permutation) {
        return op(new Transpose(List.of(permutation)), x);
    }

    Value reshape(Value x, long... dims) {
        return op(new Reshape(Shape.of(dims)), x);
    }

    Value broadcast(Value x, long... dims) {
        return op(new Broadcast(Shape.of(dims)), x);
    }

    Value sum(Value x, boolean keepDims, Integer... axes) {
        return op(new Reduce(ReduceKind.SUM, List.of(axes), keepDims), x);
    }

    Value max(Value x, boolean keepDims, Integer... axes) {
        return op(new Reduce(ReduceKind.MAX, List.of(axes), keepDims), x);
    }

    void update(Value parameter, Value value) {
        builder.update(parameter, value);
    }

    Program program(Value... results) {
        return builder.build(results);
    }

    /** The nodes that do something when a program runs, in order: op labels and kinds of fusions. */
    static String kernels(Program program) {
        return program.nodes().stream().filter(node -> !Views.isView(node.op()) && !(node.op() instanceof Constant))
                .map(node -> node.op() instanceof Fusion fusion ? fusion.kind() + "(" + body(fusion.body()) + ")" : node.op().label())
                .collect(Collectors.joining("\n"));
    }

    private static String body(Program body) {
        return body.nodes().stream().filter(node -> !node.op().label().equals("constant")).map(node -> node.op().label())
                .collect(Collectors.joining(" "));
    }
}
