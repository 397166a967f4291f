package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import org.jspecify.annotations.Nullable;

/**
 * Attention of all heads, as libraries take it: {@code softmax(scale * query . key + bias) . value}, the softmax in float32.
 * Query [batch, targets, heads, depth], key [batch, sources, heads, depth], value [batch, sources, heads, valueDepth], bias
 * of float32 that stretches to [batch, heads, targets, sources], output [batch, targets, heads, valueDepth].
 *
 * @param causal whether no target sees a later source
 * @param bias its shape, with 1 where it stretches; null if there is none
 * @param training whether gradients are computed too, of all but the bias
 */
record Attention(DType dtype, Shape query, Shape key, long valueDepth, double scale, boolean causal, @Nullable Shape bias,
        boolean training) {
    /** How many operands there are beside a bias: query, key, value. */
    static final int OPERANDS = 3;
    /** How many more the gradient has: output, statistics, gradient of the output. */
    static final int GRADIENT_OPERANDS = 3;

    private static final int DEPTH_UNIT = 8;
    private static final int MOST_DEPTH = 128;
    /** Scores of each head from which on a routine is asked for: planning one takes a second, and fewer are computed in no time. */
    private static final long FEWEST_SCORES = 64 * 64;

    /** Whether a routine is attention. */
    static boolean isIn(Program body) {
        return body.nodes().stream().anyMatch(node -> node.op().equals(new Unary(UnaryKind.EXP)));
    }

    /** What a fusion computes, as {@link AttentionBody} wrote it. */
    static Attention of(Fusion fusion) {
        Program body = fusion.body();
        Shape query = body.parameters().get(0).type().shape();
        boolean gradient = isGradient(fusion);
        int operands = body.parameters().size() - (gradient ? GRADIENT_OPERANDS : 0);
        double scale = ((Constant) body.nodes().get(0).op()).value().doubleAt(0);
        return new Attention(body.parameters().get(0).type().dtype(), query, body.parameters().get(1).type().shape(),
                body.parameters().get(2).type().shape().dim(3), scale, body.nodes().stream().anyMatch(node -> node.op() instanceof Select),
                operands > OPERANDS ? body.parameters().get(OPERANDS).type().shape() : null, gradient || body.results().size() > 1);
    }

    /** Whether a fusion computes gradients. */
    static boolean isGradient(Fusion fusion) {
        return fusion.body().results().size() == OPERANDS;
    }

    long batch() {
        return query.dim(0);
    }

    long targets() {
        return query.dim(1);
    }

    long heads() {
        return query.dim(2);
    }

    long depth() {
        return query.dim(3);
    }

    long sources() {
        return key.dim(1);
    }

    Shape value() {
        return key.with(3, valueDepth);
    }

    Shape output() {
        return query.with(3, valueDepth);
    }

    /** Scores before and after the softmax. */
    Shape scores() {
        return Shape.of(batch(), heads(), targets(), sources());
    }

    /** What the forward pass keeps for the gradient beside its output: the logarithm of the sum of the exponentials of a row, float32. */
    Shape statistics() {
        return scores().with(3, 1);
    }

    /** Whether a library may have it and it is worth a plan: long enough, depths it takes, 16 bits unless there is no gradient. */
    boolean isUsual() {
        boolean typed = dtype == DType.FLOAT16 || dtype == DType.BFLOAT16 || dtype == DType.FLOAT32 && !training;
        return typed && batch() * heads() > 0 && isUsual(depth()) && isUsual(valueDepth) && targets() > 1
                && targets() * sources() >= FEWEST_SCORES && Math.max(query.size(), key.size()) <= Integer.MAX_VALUE;
    }

    private static boolean isUsual(long depth) {
        return depth > 0 && depth % DEPTH_UNIT == 0 && depth <= MOST_DEPTH;
    }
}
