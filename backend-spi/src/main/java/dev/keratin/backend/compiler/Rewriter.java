package dev.keratin.backend.compiler;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies a program node by node in order and lets rules replace nodes; what a rule emits goes through the rules again.
 * Nodes that are no longer needed stay: {@link DeadCode} removes them.
 */
final class Rewriter {
    /** One kind of replacement. */
    interface Rule {
        /** The values to use instead of a node that is about to be added, or null to leave it. */
        @Nullable List<Value> apply(Rewriter graph, Op op, List<Value> inputs);

        /** Told of each node that is added. */
        default void added(Node node) {}
    }

    private final ProgramBuilder out = new ProgramBuilder();
    private final Map<Value, Node> producers = new HashMap<>();
    private final Map<Value, Value> copies = new HashMap<>();
    private final List<? extends Rule> rules;
    private final Map<Value, Integer> uses;
    private final Map<Value, Integer> readers = new HashMap<>();
    private boolean changed;

    private Rewriter(Program program, List<? extends Rule> rules) {
        this.rules = rules;
        this.uses = program.useCounts();
    }

    /** The program after the rules; the same object if none applied. */
    static Program run(Program program, List<? extends Rule> rules) {
        return new Rewriter(program, rules).rewrite(program);
    }

    private Program rewrite(Program program) {
        program.parameters().forEach(value -> copies.put(value, out.parameter(value.type())));
        program.nodes().forEach(this::rewrite);
        for (Program.Update update : program.updates()) {
            Value parameter = copies.get(program.parameters().get(update.parameter()));
            if (copies.get(update.value()) != parameter) {
                out.update(parameter, copies.get(update.value()));
            }
        }
        return changed ? out.build(program.results().stream().map(copies::get).toList()) : program;
    }

    private void rewrite(Node node) {
        out.scope(node.scope());
        List<Value> outputs = emit(node.op(), node.inputs(copies));
        for (int i = 0; i < outputs.size(); i++) {
            copies.put(node.outputs().get(i), outputs.get(i));
            readers.merge(outputs.get(i), uses.getOrDefault(node.outputs().get(i), 0), Integer::sum);
        }
    }

    /** The results of an op after the rules. */
    List<Value> emit(Op op, List<Value> inputs) {
        for (Rule rule : rules) {
            List<Value> replaced = rule.apply(this, op, inputs);
            if (replaced != null) {
                changed = true;
                return replaced;
            }
        }
        List<Value> outputs = out.add(op, inputs);
        Node node = out.nodes().get(out.nodeCount() - 1);
        outputs.forEach(output -> producers.put(output, node));
        rules.forEach(rule -> rule.added(node));
        return outputs;
    }

    /** The result of an op that has just one. */
    Value emit(Op op, Value... inputs) {
        return emit(op, List.of(inputs)).get(0);
    }

    /** The op that computes a value if it is of a class, else null. */
    <T extends Op> @Nullable T op(Value value, Class<T> type) {
        Node node = producers.get(value);
        return node != null && type.isInstance(node.op()) ? type.cast(node.op()) : null;
    }

    /** Operand {@code index} of the node that computes a value; there must be one. */
    Value input(Value value, int index) {
        return producers.get(value).inputs().get(index);
    }

    /** The operands of the node that computes a value; there must be one. */
    List<Value> inputs(Value value) {
        return producers.get(value).inputs();
    }

    /** Whether a value takes the place of values of the original program that have one reader in all. */
    boolean isReadOnce(Value value) {
        return readers.getOrDefault(value, 0) == 1;
    }

    /** The elements of a constant, else null. */
    @Nullable Literal constant(Value value) {
        Constant constant = op(value, Constant.class);
        return constant == null ? null : constant.value();
    }

    /** The elements of a constant whose elements are all equal, else null. */
    @Nullable Literal splat(Value value) {
        Literal literal = constant(value);
        return literal != null && literal.isSplat() ? literal : null;
    }

    /** A constant whose elements all equal the only element of another one. */
    Value splat(Literal element, Shape shape) {
        return emit(new Constant(Literals.splat(element, shape)));
    }

    /** A constant of equal numbers. */
    Value splat(TensorType type, double number) {
        return emit(new Constant(Literal.splat(type, number)));
    }

    /** A value stretched to a shape. */
    Value stretch(Value value, Shape to) {
        return value.type().shape().equals(to) ? value : emit(new Broadcast(to), value);
    }

    /** A value under another shape. */
    Value reshape(Value value, Shape to) {
        return value.type().shape().equals(to) ? value : emit(new Reshape(to), value);
    }
}
