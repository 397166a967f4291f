package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of attention found in a program.
 *
 * @param ofOutput the gradient of the output, [batch, heads, targets, valueDepth]
 * @param results the gradients of query, key and value, [batch, heads, steps, depth]
 */
record AttentionGradient(Value ofOutput, List<Value> results) {
    private static final MatMul PLAIN = new MatMul(false, false);
    private static final MatMul BY_COLUMNS = new MatMul(true, false);

    /** Looks for it among the readers of what the attention reads and computes. */
    static Optional<AttentionGradient> of(AttentionMatch attention, Trail trail, Uses uses) {
        Node product = attention.product();
        Value weights = product.inputs().get(0);
        Value query = attention.operands().get(0);
        Value key = attention.operands().get(1);
        Node ofValue = reader(uses, weights, BY_COLUMNS, node -> node.inputs().get(0) == weights);
        if (ofValue == null) {
            return Optional.empty();
        }
        Value ofOutput = ofValue.inputs().get(1);
        Value ofWeights = output(reader(uses, ofOutput, new MatMul(false, true),
                node -> node.inputs().equals(List.of(ofOutput, attention.operands().get(2)))));
        Search search = new Search(attention, weights, ofWeights, trail, uses);
        Node ofQuery = reader(uses, key, PLAIN, node -> node != product && node.inputs().get(1) == key && search.isOfScores(node.inputs().get(0)));
        Node ofKey = ofQuery == null ? null
                : reader(uses, query, BY_COLUMNS, node -> node.inputs().equals(List.of(ofQuery.inputs().get(0), query)));
        if (ofKey == null) {
            return Optional.empty();
        }
        trail.nodes().addAll(List.of(ofValue, ofQuery, ofKey, Objects.requireNonNull(uses.producer(Objects.requireNonNull(ofWeights)))));
        return Optional.of(new AttentionGradient(ofOutput, List.of(ofQuery.output(), ofKey.output(), ofValue.output())));
    }

    private static @Nullable Value output(@Nullable Node node) {
        return node == null ? null : node.output();
    }

    private static @Nullable Node reader(Uses uses, Value value, Op op, Predicate<Node> fits) {
        return uses.readers(value).stream().filter(node -> node.op().equals(op) && fits.test(node)).findFirst().orElse(null);
    }

    /** Looks whether a value is the gradient of the product of query and key. */
    private record Search(AttentionMatch attention, Value weights, @Nullable Value ofWeights, Trail trail, Uses uses) {
        boolean isOfScores(Value gradient) {
            Trail tried = new Trail(uses);
            Value unscaled = tried.converted(gradient, DType.FLOAT32);
            if (attention.scale().isPresent()) {
                unscaled = tried.other(unscaled, BinaryKind.MUL, attention.scale().get());
            }
            boolean found = ofWeights != null && isOfSoftmax(unmasked(unscaled, tried), tried);
            if (found) {
                trail.nodes().addAll(tried.nodes());
            }
            return found;
        }

        /** Where scores were replaced the gradient is 0. */
        private @Nullable Value unmasked(@Nullable Value gradient, Trail tried) {
            if (attention.selection().isEmpty()) {
                return gradient;
            }
            Node node = tried.node(gradient, new Select());
            boolean same = node != null && node.inputs().get(0) == attention.selection().get() && uses.isZero(node.inputs().get(2));
            return same ? node.inputs().get(1) : null;
        }

        /** As the derivative of a quotient of exponentials and their sums is written. */
        private boolean isOfSoftmax(@Nullable Value gradient, Trail tried) {
            Node division = Objects.requireNonNull(uses.producer(quotients()));
            Value exponentials = division.inputs().get(0);
            Value sums = division.inputs().get(1);
            Node sum = tried.node(tried.other(gradient, BinaryKind.MUL, exponentials), new Binary(BinaryKind.ADD));
            return sum != null && (isOfSoftmax(sum.inputs().get(0), sum.inputs().get(1), sums, tried)
                    || isOfSoftmax(sum.inputs().get(1), sum.inputs().get(0), sums, tried));
        }

        private boolean isOfSoftmax(Value direct, Value throughSums, Value sums, Trail tried) {
            Value wide = tried.other(direct, BinaryKind.DIV, sums);
            Node reshape = uses.producer(throughSums);
            if (wide == null || reshape == null || !(reshape.op() instanceof Reshape)) {
                return false;
            }
            Value reduced = tried.operand(throughSums, reshape.op());
            Value negated = tried.operand(reduced, new Reduce(ReduceKind.SUM, List.of(3), false));
            Value divided = tried.operand(negated, new Unary(UnaryKind.NEG));
            Value times = tried.other(divided, BinaryKind.DIV, sums);
            return tried.other(times, BinaryKind.MUL, quotients()) == wide
                    && tried.converted(wide, weights.type().dtype()) == ofWeights;
        }

        private Value quotients() {
            return Objects.requireNonNull(new Trail(uses).converted(weights, DType.FLOAT32));
        }
    }
}
