package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;

/**
 * One step of training a classifier of word sequences: the sum of embeddings, a dense layer, softmax crossentropy, and
 * Adam without bias correction. Parameters: ids [batch, words], labels [batch, 1], then table, kernel and, of each, two
 * moments. Result: the mean loss.
 */
final class TrainingStep {
    static final int BATCH = 32;
    static final int WORDS = 12;
    static final int VOCABULARY = 500;
    static final int CLASSES = 5;
    private static final int UNITS = 16;

    private final ProgramBuilder builder = new ProgramBuilder();

    private TrainingStep() {}

    static Program program() {
        return new TrainingStep().build();
    }

    private Program build() {
        Value ids = builder.parameter(TensorType.of(DType.INT32, BATCH, WORDS));
        Value labels = builder.parameter(TensorType.of(DType.INT64, BATCH, 1));
        Value table = parameter(VOCABULARY, UNITS);
        Value kernel = parameter(UNITS, CLASSES);
        Value features = add(new Reduce(ReduceKind.SUM, List.of(1), false), add(new Gather(0), table, ids));
        Value probabilities = softmax(add(new MatMul(false, false), features, kernel));
        Value logs = add(new Unary(UnaryKind.LOG), add(new GatherElements(1), probabilities, labels));
        Value error = binary(BinaryKind.MUL, binary(BinaryKind.SUB, probabilities, oneHot(labels)), number(1.0 / BATCH));
        adam(kernel, add(new MatMul(true, false), features, error));
        adam(table, tableGradient(ids, add(new MatMul(false, true), error, kernel)));
        Value sum = add(new Reduce(ReduceKind.SUM, List.of(0, 1), false), logs);
        return builder.build(binary(BinaryKind.MUL, sum, number(-1.0 / BATCH)));
    }

    private Value softmax(Value logits) {
        Value shifted = binary(BinaryKind.SUB, logits, add(new Reduce(ReduceKind.MAX, List.of(1), true), logits));
        Value powers = add(new Unary(UnaryKind.EXP), shifted);
        return binary(BinaryKind.DIV, powers, add(new Reduce(ReduceKind.SUM, List.of(1), true), powers));
    }

    private Value oneHot(Value labels) {
        return add(new ScatterElements(1, ScatterKind.SET), splat(0, BATCH, CLASSES), labels, splat(1, BATCH, 1));
    }

    private Value tableGradient(Value ids, Value features) {
        Value repeated = add(new Broadcast(Shape.of(BATCH, WORDS, UNITS)), add(new Reshape(Shape.of(BATCH, 1, UNITS)), features));
        Value tuples = add(new Reshape(Shape.of(BATCH, WORDS, 1)), ids);
        return add(new ScatterNd(ScatterKind.ADD), splat(0, VOCABULARY, UNITS), tuples, repeated);
    }

    private void adam(Value variable, Value gradient) {
        Value first = moment(variable, gradient, 0.9);
        Value second = moment(variable, add(new Unary(UnaryKind.SQUARE), gradient), 0.999);
        Value scale = binary(BinaryKind.ADD, add(new Unary(UnaryKind.SQRT), second), number(1e-7));
        Value step = binary(BinaryKind.MUL, binary(BinaryKind.DIV, first, scale), number(1e-3));
        builder.update(variable, binary(BinaryKind.SUB, variable, step));
    }

    /** A new parameter that becomes the moving average of {@code value}. */
    private Value moment(Value variable, Value value, double decay) {
        Value old = builder.parameter(variable.type());
        Value moved = binary(BinaryKind.ADD, binary(BinaryKind.MUL, old, number(decay)), binary(BinaryKind.MUL, value, number(1 - decay)));
        builder.update(old, moved);
        return moved;
    }

    private Value parameter(long... dims) {
        return builder.parameter(TensorType.of(DType.FLOAT32, dims));
    }

    private Value splat(double value, long... dims) {
        return builder.constant(Literal.splat(TensorType.of(DType.FLOAT32, dims), value));
    }

    private Value number(double value) {
        return splat(value);
    }

    private Value binary(BinaryKind kind, Value a, Value b) {
        return add(new Binary(kind), a, b);
    }

    private Value add(Op op, Value... inputs) {
        return builder.add(op, inputs);
    }
}
