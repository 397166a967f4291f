package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention as layers write it and its gradient as it is derived: parameters query, key, value, [batch, steps, heads, depth], the
 * gradient of the output, then the mask or bias; results: output and the gradients of query, key and value.
 */
final class AttentionPrograms {
    static final long BATCH = 2;
    static final long HEADS = 3;
    static final long TARGETS = 64;
    static final long SOURCES = 72;
    static final long DEPTH = 16;
    static final long VALUE_DEPTH = 8;

    /** What hides scores, or is added to them. */
    enum Hidden {
        NONE, CAUSAL, MASK, MASK_OF_SOURCES, BAND, BIAS
    }

    /** What keeps attention from the library. */
    enum Obstacle {
        NONE, WEIGHTS_ARE_READ, SCORES_ARE_READ, DROPOUT, NO_GRADIENT_OF_THE_KEY, GRADIENT_OF_SCORES_IS_READ, HIDES_LITTLE, FLOAT64,
        FLOAT32, SHORT, ODD_DEPTH
    }

    private final DType dtype;
    private final boolean training;
    private final Hidden hidden;
    private final Obstacle obstacle;
    private final ProgramBuilder builder = new ProgramBuilder();

    private AttentionPrograms(DType dtype, boolean training, Hidden hidden, Obstacle obstacle) {
        this.dtype = dtype;
        this.training = training;
        this.hidden = hidden;
        this.obstacle = obstacle;
    }

    static Program of(DType dtype, boolean training, Hidden hidden) {
        return new AttentionPrograms(dtype, training, hidden, Obstacle.NONE).program();
    }

    /** In training, with a mask. */
    static Program of(Obstacle obstacle) {
        DType dtype = obstacle == Obstacle.FLOAT64 ? DType.FLOAT64 : obstacle == Obstacle.FLOAT32 ? DType.FLOAT32 : DType.BFLOAT16;
        return new AttentionPrograms(dtype, true, Hidden.MASK, obstacle).program();
    }

    /** Random numbers, and a mask in which a target sees nothing. */
    static List<ByteBuffer> arguments(Program program) {
        List<ByteBuffer> arguments = new ArrayList<>(program.parameterTypes().stream().map(OnShim::random).toList());
        TensorType last = program.parameterTypes().get(program.parameterTypes().size() - 1);
        if (last.dtype() == DType.BOOL) {
            ByteBuffer mask = ByteBuffer.allocate((int) last.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
            long sources = last.shape().dim(-1);
            for (int i = 0; i < last.shape().size(); i++) {
                Elements.write(mask, i, DType.BOOL, i / sources != 1 && i % 7 < 4 ? 1 : 0);
            }
            arguments.set(arguments.size() - 1, mask);
        }
        return arguments;
    }

    private Value binary(BinaryKind kind, Value a, Value b) {
        return builder.add(new Binary(kind), a, b);
    }

    private Value number(double value) {
        return builder.constant(Literal.scalar(wide(), value));
    }

    private DType wide() {
        return dtype == DType.FLOAT64 ? dtype : DType.FLOAT32;
    }

    private Value to(DType type, Value value) {
        return value.type().dtype() == type ? value : builder.add(new Cast(type), value);
    }

    private Value swapped(Value value) {
        return builder.add(new Transpose(List.of(0, 2, 1, 3)), value);
    }

    private Program program() {
        long targets = obstacle == Obstacle.SHORT ? 4 : TARGETS;
        long depth = obstacle == Obstacle.ODD_DEPTH ? 12 : DEPTH;
        Value q = swapped(builder.parameter(TensorType.of(dtype, BATCH, targets, HEADS, depth)));
        Value k = swapped(builder.parameter(TensorType.of(dtype, BATCH, SOURCES, HEADS, depth)));
        Value v = swapped(builder.parameter(TensorType.of(dtype, BATCH, SOURCES, HEADS, VALUE_DEPTH)));
        Value gradient = swapped(builder.parameter(TensorType.of(dtype, BATCH, targets, HEADS, VALUE_DEPTH)));
        Value scale = number(0.25);
        Value scores = binary(BinaryKind.MUL, to(wide(), builder.add(new MatMul(false, true), q, k)), scale);
        Value hiding = hidden == Hidden.NONE ? null : hiding(targets);
        Value kept = kept(scores, hiding);
        Value exponentials = builder.add(new Unary(UnaryKind.EXP),
                binary(BinaryKind.SUB, kept, builder.add(new Reduce(ReduceKind.MAX, List.of(3), true), kept)));
        Value sums = builder.add(new Reduce(ReduceKind.SUM, List.of(3), true), exponentials);
        Value quotients = binary(BinaryKind.DIV, exponentials, sums);
        Value weights = to(dtype, obstacle == Obstacle.DROPOUT ? binary(BinaryKind.MUL, quotients, number(0.5)) : quotients);
        List<Value> results = new ArrayList<>(List.of(swapped(builder.add(new MatMul(false, false), weights, v))));
        if (training) {
            Value ofWeights = to(wide(), builder.add(new MatMul(false, true), gradient, v));
            Value ofKept = binary(BinaryKind.MUL, ofExponentials(ofWeights, quotients, sums), exponentials);
            Value ofScaled = hiding == null || hidden == Hidden.BIAS ? ofKept : builder.add(new Select(), hiding, ofKept, number(0));
            Value ofScores = to(dtype, binary(BinaryKind.MUL, ofScaled, scale));
            results.addAll(gradients(ofScores, q, k));
            results.add(swapped(builder.add(new MatMul(true, false), weights, gradient)));
        }
        switch (obstacle) {
            case WEIGHTS_ARE_READ -> results.add(weights);
            case SCORES_ARE_READ -> results.add(scores);
            default -> { }
        }
        return builder.build(results);
    }

    private Value kept(Value scores, @Nullable Value hiding) {
        if (hiding == null || hidden == Hidden.BIAS) {
            return hiding == null ? scores : binary(BinaryKind.ADD, scores, hiding);
        }
        return builder.add(new Select(), hiding, scores, number(obstacle == Obstacle.HIDES_LITTLE ? -10 : -1e9));
    }

    /** Of query and key. */
    private List<Value> gradients(Value ofScores, Value q, Value k) {
        Value ofQuery = swapped(builder.add(new MatMul(false, false), ofScores, k));
        Value ofKey = swapped(builder.add(new MatMul(true, false), ofScores, q));
        return switch (obstacle) {
            case NO_GRADIENT_OF_THE_KEY -> List.of(ofQuery);
            case GRADIENT_OF_SCORES_IS_READ -> List.of(ofQuery, ofKey, ofScores);
            default -> List.of(ofQuery, ofKey);
        };
    }

    private Value ofExponentials(Value ofWeights, Value quotients, Value sums) {
        Value through = builder.add(new Unary(UnaryKind.NEG),
                binary(BinaryKind.DIV, binary(BinaryKind.MUL, ofWeights, quotients), sums));
        Value ofSums = builder.add(new Reduce(ReduceKind.SUM, List.of(3), false), through);
        return binary(BinaryKind.ADD, binary(BinaryKind.DIV, ofWeights, sums),
                builder.add(new Reshape(ofSums.type().shape().insert(3, 1)), ofSums));
    }

    private Value hiding(long targets) {
        return switch (hidden) {
            case CAUSAL -> known(targets, SOURCES);
            case BAND -> known(targets, 5);
            case MASK_OF_SOURCES -> builder.parameter(TensorType.of(DType.BOOL, BATCH, 1, 1, SOURCES));
            case BIAS -> builder.parameter(TensorType.of(DType.FLOAT32, HEADS, targets, SOURCES));
            default -> builder.parameter(TensorType.of(DType.BOOL, BATCH, 1, targets, SOURCES));
        };
    }

    /** A target and some sources before it. */
    private Value known(long targets, long before) {
        TensorType type = new TensorType(DType.BOOL, Shape.of(1, 1, targets, SOURCES));
        ByteBuffer elements = ByteBuffer.allocate((int) type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < type.shape().size(); i++) {
            long back = i / SOURCES - i % SOURCES;
            Elements.write(elements, i, DType.BOOL, back >= 0 && back < before ? 1 : 0);
        }
        return builder.constant(Literal.of(type, elements));
    }
}
