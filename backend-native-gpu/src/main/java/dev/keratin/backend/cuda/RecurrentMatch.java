package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer found in a program: a sequence op, the product that makes its input, and, where there is a gradient, all
 * that reads it. Libraries keep to themselves what happens between their operands and results, so nothing else may read
 * the gates, the states c but the last, or the gradient of the sums.
 */
final class RecurrentMatch {
    private final Uses uses;
    private final Node sequence;
    private final Recurrence.Cell cell;
    private final List<Value> operands = new ArrayList<>();
    private final Map<Value, Integer> results = new HashMap<>();
    private final Map<Value, Integer> gradients = new HashMap<>();
    private final Set<Node> replaced = new HashSet<>();
    private @Nullable Node gradient;
    private @Nullable Value lastGradient;

    private RecurrentMatch(Node sequence, Uses uses) {
        this.uses = uses;
        this.sequence = sequence;
        this.cell = sequence.op() instanceof LstmSequence ? Recurrence.Cell.LSTM : Recurrence.Cell.GRU;
    }

    /** The layer of a sequence op without a mask. */
    static Optional<RecurrentMatch> of(Node sequence, Uses uses) {
        RecurrentMatch match = new RecurrentMatch(sequence, uses);
        boolean found = match.findOperands() && match.layer().isUsual() && match.findGradient() && match.findResults()
                && match.findGradients();
        return found ? Optional.of(match) : Optional.empty();
    }

    /** The operands of the forward pass, as {@link RecurrentBody} orders them. */
    List<Value> operands() {
        return operands;
    }

    /** The values that results of the forward pass stand for. */
    Map<Value, Integer> results() {
        return results;
    }

    /** The gradient op, if there is one. */
    Optional<Node> gradient() {
        return Optional.ofNullable(gradient);
    }

    /** The values that results of the gradient stand for. */
    Map<Value, Integer> gradients() {
        return gradients;
    }

    /** The gradient of the last c; none if it is 0. */
    Optional<Value> lastGradient() {
        return Optional.ofNullable(lastGradient);
    }

    /** Nodes that are no longer needed, beside the two ops and what comes before them. */
    Set<Node> replaced() {
        return replaced;
    }

    Recurrence layer() {
        Shape output = h().type().shape();
        return new Recurrence(cell, h().type().dtype(), output.dim(0), output.dim(1), operands.get(0).type().shape().dim(1),
                output.dim(2), operands.size() > Recurrence.OPERANDS, gradient != null);
    }

    private Value h() {
        return sequence.outputs().get(0);
    }

    private boolean isLstm() {
        return cell == Recurrence.Cell.LSTM;
    }

    private long time() {
        return h().type().shape().dim(1);
    }

    /** Whether the input is a product, with or without a bias, of rows. */
    private boolean findOperands() {
        Node rows = uses.producer(sequence.inputs().get(0));
        if (rows == null || !(rows.op() instanceof Reshape) || rows.inputs().get(0).type().shape().rank() != 2) {
            return false;
        }
        Shape whole = rows.output().type().shape();
        Value sums = rows.inputs().get(0);
        Node last = uses.producer(sums);
        Value bias = null;
        if (last != null && last.op() instanceof Binary add && add.kind() == BinaryKind.ADD) {
            boolean first = isProduct(uses.producer(last.inputs().get(0)));
            bias = last.inputs().get(first ? 1 : 0);
            last = uses.producer(last.inputs().get(first ? 0 : 1));
        }
        boolean fits = isProduct(last) && sums.type().shape().dim(1) == whole.dim(2)
                && (bias == null || bias.type().shape().equals(Shape.of(whole.dim(2))));
        if (fits) {
            operands.addAll(List.of(last.inputs().get(0), last.inputs().get(1), sequence.inputs().get(isLstm() ? 3 : 2),
                    sequence.inputs().get(1), sequence.inputs().get(isLstm() ? 2 : 3)));
            Optional.ofNullable(bias).ifPresent(operands::add);
        }
        return fits;
    }

    private static boolean isProduct(@Nullable Node node) {
        return node != null && node.op() instanceof MatMul product && !product.transposeA() && !product.transposeB();
    }

    /** Whether the gates are read by one gradient op of this sequence, or by none. */
    private boolean findGradient() {
        Value gates = sequence.outputs().get(sequence.outputs().size() - 1);
        List<Node> readers = uses.readers(gates);
        if (uses.escapes(gates) || readers.size() > 1) {
            return false;
        }
        if (readers.isEmpty()) {
            return true;
        }
        gradient = readers.get(0);
        List<Value> same = new ArrayList<>(isLstm() ? List.of(operands.get(3), operands.get(4), operands.get(2))
                : List.of(operands.get(3), operands.get(2)));
        same.addAll(sequence.outputs());
        return gradient.inputs().size() > same.size() && gradient.inputs().subList(0, same.size()).equals(same)
                && (!isLstm() || findLastGradient(gradient.inputs().get(7)));
    }

    /** Whether c has no gradient but at the last step. */
    private boolean findLastGradient(Value dc) {
        Node node = uses.producer(dc);
        List<Long> none = List.of(0L, 0L, 0L);
        if (uses.isZero(dc)) {
            return true;
        }
        if (node != null && node.op() instanceof Pad pad && uses.isZero(node.inputs().get(1))
                && pad.equals(new Pad(List.of(0L, time() - 1, 0L), none, none))) {
            lastGradient = node.inputs().get(0);
        }
        return lastGradient != null;
    }

    /** Whether of c only the last is read. */
    private boolean findResults() {
        results.put(h(), 0);
        if (!isLstm()) {
            return true;
        }
        Value c = sequence.outputs().get(1);
        List<Node> readers = uses.readers(c).stream().filter(node -> node != gradient).toList();
        readers.forEach(node -> take(node, 1, results));
        return !uses.escapes(c) && readers.stream().allMatch(node -> node.op().equals(steps(time() - 1, time())));
    }

    private Slice steps(long from, long to) {
        Shape all = h().type().shape();
        return new Slice(List.of(0L, from, 0L), List.of(all.dim(0), to, all.dim(2)), List.of(1L, 1L, 1L));
    }

    private void take(Node node, int result, Map<Value, Integer> to) {
        to.put(node.output(), result);
        replaced.add(node);
    }

    /** Whether all that reads the gradient of the sums is something the library computes from it. */
    private boolean findGradients() {
        if (gradient == null) {
            return true;
        }
        int last = gradient.outputs().size() - 1;
        gradients.put(gradient.outputs().get(isLstm() ? 1 : last), 3);
        if (isLstm()) {
            gradients.put(gradient.outputs().get(last), 4);
            return findReaders(gradient.outputs().get(0), true, true);
        }
        return findReaders(gradient.outputs().get(0), true, false) && findReaders(gradient.outputs().get(1), false, true);
    }

    /**
     * Looks at the readers of gradients of sums, [batch, time, n] or as rows.
     *
     * @param ofInput whether they are sums of the product with the input
     * @param ofState whether they are sums of the product with the state
     */
    private boolean findReaders(Value sums, boolean ofInput, boolean ofState) {
        return !uses.escapes(sums) && uses.readers(sums).stream().allMatch(node -> {
            if (node.op() instanceof Reshape reshape && reshape.to().rank() == 2 && reshape.to().dim(1) == sums.type().shape().dim(-1)) {
                replaced.add(node);
                return findReaders(node.output(), ofInput, ofState);
            }
            int result = result(node, sums, ofInput, ofState);
            if (result >= 0) {
                take(node, result, gradients);
            }
            return result >= 0;
        });
    }

    /** Which gradient a reader of sums computes; -1 if another value. */
    private int result(Node node, Value sums, boolean ofInput, boolean ofState) {
        List<Integer> steps = sums.type().shape().rank() == 2 ? List.of(0) : List.of(0, 1);
        if (node.op().equals(new Reduce(ReduceKind.SUM, steps, false))) {
            return !ofInput ? 4 : operands.size() > Recurrence.OPERANDS ? Recurrence.OPERANDS : -1;
        }
        if (ofInput && node.op().equals(new MatMul(false, true)) && node.inputs().equals(List.of(sums, operands.get(1)))) {
            return 0;
        }
        boolean outer = node.op().equals(new MatMul(true, false)) && node.inputs().get(1) == sums;
        if (outer && ofInput && node.inputs().get(0) == operands.get(0)) {
            return 1;
        }
        return outer && ofState && isBefore(node.inputs().get(0)) ? 2 : -1;
    }

    /** Whether a value holds the states before each step, as rows. */
    private boolean isBefore(Value rows) {
        Node node = uses.producer(rows);
        if (node == null || !(node.op() instanceof Reshape)) {
            return false;
        }
        Node joined = uses.producer(node.inputs().get(0));
        if (joined == null || !joined.op().equals(new Concat(1)) || joined.inputs().size() != 2) {
            return false;
        }
        Node rest = uses.producer(joined.inputs().get(1));
        return isInitial(joined.inputs().get(0)) && rest != null && rest.op().equals(steps(0, time() - 1)) && rest.inputs().get(0) == h();
    }

    private boolean isInitial(Value state) {
        Value initial = operands.get(3);
        Node node = uses.producer(state);
        return state == initial || uses.isZero(state) && uses.isZero(initial)
                || node != null && node.op() instanceof Reshape && isInitial(node.inputs().get(0));
    }
}
