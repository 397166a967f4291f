package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A program being written, together with the values that its parameters are given. */
final class Sketch {
    private final ProgramBuilder builder = new ProgramBuilder();
    private final List<Values> values = new ArrayList<>();
    private final List<Value> results = new ArrayList<>();

    /** Where the elements of each parameter come from. */
    List<Values> values() {
        return values;
    }

    Program program() {
        return builder.build(results);
    }

    /** A program for control flow, of parameters that get their values from outside. */
    static Program body(Consumer<Sketch> script) {
        Sketch sketch = new Sketch();
        script.accept(sketch);
        return sketch.program();
    }

    Value parameter(TensorType type, Values source) {
        values.add(source);
        return builder.parameter(type);
    }

    Value parameter(DType dtype, Values source, long... dims) {
        return parameter(TensorType.of(dtype, dims), source);
    }

    /** A float32 parameter around 0. */
    Value normal(long... dims) {
        return parameter(DType.FLOAT32, Values.NORMAL, dims);
    }

    void result(Value... more) {
        results.addAll(Arrays.asList(more));
    }

    void update(Value parameter, Value value) {
        builder.update(parameter, value);
    }

    Value add(Op op, Value... operands) {
        return builder.add(op, operands);
    }

    List<Value> addAll(Op op, List<Value> operands) {
        return builder.add(op, operands);
    }

    /** A scalar of the type of another value. */
    Value constant(Value like, double value) {
        return builder.constant(Literal.scalar(like.type().dtype(), value));
    }

    Value unary(UnaryKind kind, Value x) {
        return add(new Unary(kind), x);
    }

    Value binary(BinaryKind kind, Value a, Value b) {
        return add(new Binary(kind), a, b);
    }

    Value plus(Value a, Value b) {
        return binary(BinaryKind.ADD, a, b);
    }

    Value minus(Value a, Value b) {
        return binary(BinaryKind.SUB, a, b);
    }

    Value times(Value a, Value b) {
        return binary(BinaryKind.MUL, a, b);
    }

    Value over(Value a, Value b) {
        return binary(BinaryKind.DIV, a, b);
    }

    Value plus(Value a, double b) {
        return plus(a, constant(a, b));
    }

    Value times(Value a, double b) {
        return times(a, constant(a, b));
    }

    Value compare(CompareKind kind, Value a, Value b) {
        return add(new Compare(kind), a, b);
    }

    Value select(Value condition, Value a, Value b) {
        return add(new Select(), condition, a, b);
    }

    Value cast(Value x, DType to) {
        return add(new Cast(to), x);
    }

    /** The reduction that keeps its axes with length 1. */
    Value kept(ReduceKind kind, Value x, Integer... axes) {
        return add(new Reduce(kind, List.of(axes), true), x);
    }

    /** The reduction that removes its axes. */
    Value reduced(ReduceKind kind, Value x, Integer... axes) {
        return add(new Reduce(kind, List.of(axes), false), x);
    }

    /** The mean over axes that are kept. */
    Value mean(Value x, Integer... axes) {
        double count = Arrays.stream(axes).mapToLong(axis -> x.type().shape().dim(axis)).reduce(1, (a, b) -> a * b);
        return times(kept(ReduceKind.SUM, x, axes), 1 / count);
    }

    Value matMul(Value a, Value b) {
        return add(new MatMul(false, false), a, b);
    }

    Value reshape(Value x, long... dims) {
        return add(new Reshape(Shape.of(dims)), x);
    }

    Value broadcast(Value x, long... dims) {
        return add(new Broadcast(Shape.of(dims)), x);
    }

    Value transpose(Value x, Integer... permutation) {
        return add(new Transpose(List.of(permutation)), x);
    }
}
