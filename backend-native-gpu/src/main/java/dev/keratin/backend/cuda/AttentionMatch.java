package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attention found in a program: a product of weights that are a softmax, the nodes that lead there from query and key, and,
 * where there is a gradient, all that reads them. A routine keeps none of the weights, so nothing else may read them; dropout
 * does, between the softmax and the product.
 */
final class AttentionMatch {
    private static final MatMul BY_ROWS = new MatMul(false, true);
    private static final MatMul PLAIN = new MatMul(false, false);
    private static final int RANK = 4;

    private final Uses uses;
    private final Trail trail;
    private final Node product;
    private final Value weights;
    private final DType dtype;
    private final List<Value> operands = new ArrayList<>();
    private double scale = 1;
    private @Nullable Value scaleValue;
    private @Nullable Value bias;
    private @Nullable Value selection;
    private boolean causal;
    private @Nullable AttentionGradient gradient;

    private AttentionMatch(Node product, Uses uses) {
        this.uses = uses;
        this.trail = new Trail(uses);
        this.product = product;
        this.weights = product.inputs().get(0);
        this.dtype = product.output().type().dtype();
    }

    /** The attention that ends with a product, of a kind that a library may have. */
    static Optional<AttentionMatch> of(Node product, Uses uses) {
        AttentionMatch match = new AttentionMatch(product, uses);
        boolean found = product.op().equals(PLAIN) && product.output().type().shape().rank() == RANK && match.findForward()
                && match.findGradient() && match.isClosed() && match.attention().isUsual();
        return found ? Optional.of(match) : Optional.empty();
    }

    /** Query, key and value, [batch, heads, steps, depth]. */
    List<Value> operands() {
        return operands;
    }

    /** What is added to the scores. */
    Optional<Value> bias() {
        return Optional.ofNullable(bias);
    }

    /** Which scores count. */
    Optional<Value> selection() {
        return Optional.ofNullable(selection);
    }

    /** The same, if that is more than {@link Attention#causal}. */
    Optional<Value> mask() {
        return selection().filter(value -> !causal);
    }

    /** The number that products are multiplied with. */
    Optional<Value> scale() {
        return Optional.ofNullable(scaleValue);
    }

    /** The node whose output is that of the attention. */
    Node product() {
        return product;
    }

    Optional<AttentionGradient> gradient() {
        return Optional.ofNullable(gradient);
    }

    /** All nodes that it stands for. */
    Set<Node> replaced() {
        return trail.nodes();
    }

    /** What a library computes, with a mask as a bias of its shape. */
    Attention attention() {
        Value added = bias != null ? bias : mask().orElse(null);
        Shape query = swapped(operands.get(0));
        return new Attention(dtype, query, swapped(operands.get(1)), operands.get(2).type().shape().dim(3), scale, causal,
                added == null ? null : biasShape(added), gradient != null);
    }

    private static Shape swapped(Value value) {
        Shape shape = value.type().shape();
        return Shape.of(shape.dim(0), shape.dim(2), shape.dim(1), shape.dim(3));
    }

    /** Of the rank of the scores, and as long as their rows. */
    Shape biasShape(Value added) {
        Shape shape = added.type().shape();
        while (shape.rank() < RANK) {
            shape = shape.insert(0, 1);
        }
        return shape.with(3, operands.get(1).type().shape().dim(2));
    }

    /** Whether the weights are a softmax of scaled products. */
    private boolean findForward() {
        trail.nodes().add(product);
        Value quotients = trail.converted(weights, DType.FLOAT32);
        Node division = trail.node(quotients, new Binary(BinaryKind.DIV));
        if (division == null) {
            return false;
        }
        Value exponentials = division.inputs().get(0);
        Value sums = division.inputs().get(1);
        Value difference = trail.operand(exponentials, new Unary(UnaryKind.EXP));
        Node subtraction = trail.node(difference, new Binary(BinaryKind.SUB));
        if (subtraction == null || trail.operand(sums, new Reduce(ReduceKind.SUM, List.of(3), true)) != exponentials) {
            return false;
        }
        Value scores = subtraction.inputs().get(0);
        return trail.operand(subtraction.inputs().get(1), new Reduce(ReduceKind.MAX, List.of(3), true)) == scores
                && findOperands(unmasked(scores));
    }

    /** Scores before those that don't count were replaced; finds out which count. */
    private @Nullable Value unmasked(Value scores) {
        Node producer = uses.producer(scores);
        if (producer == null || !(producer.op() instanceof Select)) {
            return scores;
        }
        trail.nodes().add(producer);
        selection = producer.inputs().get(0);
        causal = isPast(selection);
        return isHiding(producer.inputs().get(2)) ? producer.inputs().get(1) : null;
    }

    /** Whether an exponential of a score replaced by this is 0 beside any other. */
    private boolean isHiding(Value value) {
        Literal literal = splat(value);
        return literal != null && literal.doubleAt(0) <= AttentionBody.HIDDEN && Double.isFinite(literal.doubleAt(0));
    }

    private @Nullable Literal splat(Value value) {
        Node node = uses.producer(value);
        return node != null && node.op() instanceof Constant constant && constant.value().isSplat() ? constant.value() : null;
    }

    /** Whether a mask is known and lets each target see itself and all sources before. */
    private boolean isPast(Value value) {
        Node node = uses.producer(value);
        Shape shape = value.type().shape();
        if (node == null || !(node.op() instanceof Constant constant) || shape.rank() < 2
                || shape.size() != shape.dim(-1) * shape.dim(-2)) {
            return false;
        }
        long sources = shape.dim(-1);
        for (long i = 0; i < shape.size(); i++) {
            if (constant.value().longAt(i) != (i % sources <= i / sources ? 1 : 0)) {
                return false;
            }
        }
        return shape.dim(-2) == weights.type().shape().dim(2) && sources == weights.type().shape().dim(3);
    }

    /** Whether scores are a product of query and key, maybe times a number, maybe plus a bias. */
    private boolean findOperands(@Nullable Value scores) {
        Value products = trail.converted(unscaled(unbiased(scores)), dtype);
        Node node = trail.node(products, BY_ROWS);
        if (node == null) {
            return false;
        }
        operands.addAll(node.inputs());
        operands.add(product.inputs().get(1));
        Shape q = operands.get(0).type().shape();
        Shape k = operands.get(1).type().shape();
        Shape v = operands.get(2).type().shape();
        return q.rank() == RANK && k.equals(q.with(2, k.dim(2))) && v.equals(k.with(3, v.dim(3))) && (bias == null || mask().isEmpty())
                && (bias == null || bias.type().dtype() == DType.FLOAT32);
    }

    private @Nullable Value unbiased(@Nullable Value scores) {
        Node node = scores == null ? null : uses.producer(scores);
        if (node == null || !(node.op() instanceof Binary add) || add.kind() != BinaryKind.ADD) {
            return scores;
        }
        trail.nodes().add(node);
        boolean first = isProduct(node.inputs().get(0));
        bias = node.inputs().get(first ? 1 : 0);
        return node.inputs().get(first ? 0 : 1);
    }

    /** Whether a value is a product by rows, converted and multiplied with a number or not. */
    private boolean isProduct(Value value) {
        Node node = uses.producer(value);
        if (node == null || node.op().equals(BY_ROWS)) {
            return node != null;
        }
        boolean times = node.op().equals(new Binary(BinaryKind.MUL));
        int factor = times && splat(node.inputs().get(0)) != null ? 1 : 0;
        return (times || node.op() instanceof Cast) && isProduct(node.inputs().get(factor));
    }

    private @Nullable Value unscaled(@Nullable Value scores) {
        Node node = scores == null ? null : uses.producer(scores);
        if (node == null || !(node.op() instanceof Binary times) || times.kind() != BinaryKind.MUL) {
            return scores;
        }
        int factor = splat(node.inputs().get(1)) != null ? 1 : 0;
        Literal literal = splat(node.inputs().get(factor));
        if (literal == null) {
            return null;
        }
        trail.nodes().add(node);
        scaleValue = node.inputs().get(factor);
        scale = literal.doubleAt(0);
        return node.inputs().get(1 - factor);
    }

    /** Whether nothing else reads the weights, or all that does is the gradient. */
    private boolean findGradient() {
        if (uses.escapes(weights) || uses.readers(weights).size() > 2) {
            return false;
        }
        if (uses.readers(weights).size() == 1) {
            return true;
        }
        gradient = AttentionGradient.of(this, trail, uses).orElse(null);
        return gradient != null;
    }

    private boolean isClosed() {
        List<Value> results = new ArrayList<>(List.of(product.output()));
        gradient().ifPresent(found -> results.addAll(found.results()));
        return trail.isClosed(results);
    }
}
