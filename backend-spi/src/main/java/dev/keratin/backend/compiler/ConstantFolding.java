package dev.keratin.backend.compiler;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes nodes whose operands are all constants. A result of more than {@link #LARGEST} bytes is left to the run, as
 * is repetition, which readers do by themselves; a node that would fail is left to fail there.
 */
final class ConstantFolding implements Rewriter.Rule {
    private static final long LARGEST = 64 * 1024;

    /** An op on splats of one element is computed on that element. */
    private static final long MOST_WORK = 1024 * 1024;

    private final Evaluator evaluator = new Evaluator();

    static Program run(Program program) {
        return DeadCode.run(Rewriter.run(program, List.of(new BroadcastRules(), new ConstantFolding())));
    }

    @Override
    public @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs) {
        if (op instanceof Constant || op instanceof RandomBits || op instanceof Broadcast || op.bodies().size() > 0) {
            return null;
        }
        List<Literal> operands = new ArrayList<>();
        for (Value input : inputs) {
            Literal literal = graph.constant(input);
            if (literal == null) {
                return null;
            }
            operands.add(literal);
        }
        return operands.isEmpty() && !(op instanceof Iota) || !isSmall(op, operands) ? null : fold(graph, op, operands);
    }

    private static boolean isSmall(Op op, List<Literal> operands) {
        List<TensorType> types = operands.stream().map(Literal::type).toList();
        List<TensorType> results = op.infer(types);
        return results.stream().allMatch(type -> type.byteSize() <= LARGEST)
                && Stream.concat(types.stream(), results.stream()).mapToLong(type -> type.shape().size()).sum() <= MOST_WORK;
    }

    private @Nullable List<Value> fold(Rewriter graph, Op op, List<Literal> operands) {
        try {
            return evaluator.evaluate(op, operands).stream().map(literal -> graph.emit(new Constant(literal))).toList();
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }
}
