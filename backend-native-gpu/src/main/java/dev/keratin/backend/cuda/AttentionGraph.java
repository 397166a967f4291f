package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_BOOLEAN;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_INT32;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_ADD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_BINARY_SELECT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_DIV;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_EXP;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_IDENTITY;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_LOG;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_MUL;
import static org.bytedeco.cuda.global.cudnn.CUDNN_POINTWISE_SUB;
import static org.bytedeco.cuda.global.cudnn.CUDNN_REDUCE_TENSOR_ADD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_REDUCE_TENSOR_MAX;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.cuda.GraphWriter.Layout;
import java.util.List;
import java.util.Optional;

/**
 * Attention as graphs of cuDNN, node by node those for which NVIDIA's own front end asks it: the library recognises them as a whole
 * and computes them without the scores ever being stored. Its axes are [batch, heads, steps, depth]. In memory are the operands,
 * the results, working memory, then numbers of this process: the scale, -1e9 if causal, and 1 in the gradient.
 */
final class AttentionGraph {
    private static final int RANK = 4;

    private final Attention attention;
    private final GraphWriter writer;
    private final GraphMath math;
    private final Layout scores;
    private final Layout rows;
    private final Layout query;
    private final Layout keyByColumns;

    private AttentionGraph(Attention attention, CudnnStatus status) {
        this.attention = attention;
        this.writer = new GraphWriter(status);
        this.math = new GraphMath(writer);
        this.scores = dense(attention.scores()).wide();
        this.rows = dense(attention.statistics()).wide();
        this.query = bySteps(attention.query());
        this.keyByColumns = transposed(bySteps(attention.key()));
    }

    /** The forward pass, not finished. */
    static Descriptor forward(Attention attention, CudnnStatus status) {
        return new AttentionGraph(attention, status).forward();
    }

    /**
     * The gradients, not finished.
     *
     * @param accumulating whether the gradient of the query is summed up in float32 in working memory, in any order; else the
     *     gradients of all scores are
     */
    static Descriptor gradient(Attention attention, boolean accumulating, CudnnStatus status) {
        return new AttentionGraph(attention, status).gradient(accumulating);
    }

    /** What {@code accumulating} takes. */
    static long accumulatorBytes(Attention attention) {
        return attention.query().size() * Float.BYTES;
    }

    private Layout layout(DType dtype, Shape dims, long... strides) {
        return new Layout(Cudnn.type(dtype), dtype.byteSize(), dims.dims(), strides);
    }

    private Layout dense(Shape shape) {
        return layout(attention.dtype(), shape, shape.strides());
    }

    /** That of [batch, steps, heads, depth]. */
    private Layout bySteps(Shape shape) {
        long[] dense = shape.strides();
        return layout(attention.dtype(), Shape.of(shape.dim(0), shape.dim(2), shape.dim(1), shape.dim(3)), dense[0], dense[2], dense[1], dense[3]);
    }

    private static Layout transposed(Layout of) {
        return new Layout(of.type(), of.bytes(), lastSwapped(of.dims()), lastSwapped(of.strides()));
    }

    private static long[] lastSwapped(long[] values) {
        return new long[] {values[0], values[1], values[3], values[2]};
    }

    private Descriptor forward() {
        Descriptor q = writer.stored(query);
        Descriptor k = writer.stored(keyByColumns);
        Descriptor v = writer.stored(bySteps(attention.value()));
        Optional<Descriptor> bias = bias();
        Descriptor output = writer.stored(bySteps(attention.output()));
        Descriptor statistics = attention.training() ? writer.stored(rows) : writer.virtual(rows);
        Descriptor masked = scores(List.of(q, k, writer.number(RANK)), bias);
        Descriptor largest = reduced(CUDNN_REDUCE_TENSOR_MAX, masked);
        Descriptor exponentials = wide(CUDNN_POINTWISE_EXP, wide(CUDNN_POINTWISE_SUB, masked, largest));
        Descriptor sums = reduced(CUDNN_REDUCE_TENSOR_ADD, exponentials);
        Descriptor logarithms = writer.virtual(rows);
        math.pointwise(CUDNN_POINTWISE_LOG, logarithms, sums);
        math.pointwise(CUDNN_POINTWISE_ADD, statistics, largest, logarithms);
        Descriptor weights = writer.virtual(dense(attention.scores()));
        math.pointwise(CUDNN_POINTWISE_DIV, weights, exponentials, sums);
        math.product(weights, v, output);
        return writer.graph();
    }

    private Descriptor gradient(boolean accumulating) {
        Descriptor q = writer.stored(query);
        Descriptor k = writer.stored(keyByColumns);
        Descriptor v = writer.stored(transposed(bySteps(attention.value())));
        Optional<Descriptor> bias = bias();
        Descriptor output = writer.stored(bySteps(attention.output()));
        Descriptor statistics = writer.stored(rows);
        Descriptor ofOutput = writer.stored(bySteps(attention.output()));
        Descriptor ofQuery = writer.stored(query);
        Descriptor ofKey = writer.stored(bySteps(attention.key()));
        Descriptor ofValue = writer.stored(bySteps(attention.value()));
        Descriptor common = writer.stored(rows);
        Descriptor sum = accumulating ? writer.stored(dense(Shape.of(query.dims())).wide()) : ofQuery;
        Descriptor scale = writer.number(RANK);
        Descriptor weights = wide(CUDNN_POINTWISE_EXP, wide(CUDNN_POINTWISE_SUB, scores(List.of(q, k, scale), bias), statistics));
        common(ofOutput, output, common);
        math.product(byColumns(weights), ofOutput, ofValue);
        Descriptor ofWeights = writer.virtual(scores);
        math.product(ofOutput, v, ofWeights);
        Descriptor ofScores = wide(CUDNN_POINTWISE_MUL, wide(CUDNN_POINTWISE_SUB, ofWeights, common), weights);
        Descriptor ofProducts = wide(CUDNN_POINTWISE_MUL, ofScores, scale);
        math.product(byColumns(ofProducts), q, ofKey);
        Descriptor keyByRows = writer.virtual(transposed(keyByColumns));
        math.reshape(k, keyByRows);
        math.product(ofProducts, keyByRows, sum);
        if (accumulating) {
            math.pointwise(CUDNN_POINTWISE_IDENTITY, ofQuery, sum);
        }
        return writer.graph();
    }

    private Optional<Descriptor> bias() {
        return Optional.ofNullable(attention.bias()).map(shape -> writer.stored(layout(DType.FLOAT32, shape, shape.strides())));
    }

    /** Scores that go into the softmax, of query, key and scale. */
    private Descriptor scores(List<Descriptor> of, Optional<Descriptor> bias) {
        Descriptor products = writer.virtual(scores);
        math.product(of.get(0), of.get(1), products);
        Descriptor scaled = wide(CUDNN_POINTWISE_MUL, products, of.get(2));
        Descriptor biased = bias.map(each -> wide(CUDNN_POINTWISE_ADD, scaled, each)).orElse(scaled);
        return attention.causal() ? past(biased) : biased;
    }

    /** Those of earlier sources; the others are replaced. */
    private Descriptor past(Descriptor all) {
        Descriptor target = writer.virtual(scores.of(CUDNN_DATA_INT32, Integer.BYTES));
        Descriptor source = writer.virtual(scores.of(CUDNN_DATA_INT32, Integer.BYTES));
        Descriptor earlier = writer.virtual(scores.of(CUDNN_DATA_BOOLEAN, 1));
        math.index(2, all, target);
        math.index(3, all, source);
        math.atLeast(target, source, earlier);
        return wide(CUDNN_POINTWISE_BINARY_SELECT, all, writer.number(RANK), earlier);
    }

    /** What the gradients of all weights of a row have in common: the sum of the products of the output and its gradient. */
    private void common(Descriptor ofOutput, Descriptor output, Descriptor common) {
        Descriptor products = writer.virtual(bySteps(attention.output()).wide());
        math.pointwise(CUDNN_POINTWISE_MUL, products, ofOutput, output);
        math.pointwise(CUDNN_POINTWISE_MUL, common, reduced(CUDNN_REDUCE_TENSOR_ADD, products), writer.number(RANK));
    }

    /** A function of scores, float32. */
    private Descriptor wide(int mode, Descriptor... operands) {
        Descriptor result = writer.virtual(scores);
        math.pointwise(mode, result, operands);
        return result;
    }

    /** One number for each row. */
    private Descriptor reduced(int operator, Descriptor x) {
        Descriptor result = writer.virtual(rows);
        math.reduce(operator, x, result);
        return result;
    }

    /** Scores as they enter a product over the targets: [batch, heads, sources, targets], rounded. */
    private Descriptor byColumns(Descriptor wide) {
        Descriptor result = writer.virtual(transposed(dense(attention.scores())));
        math.reshape(wide, result);
        return result;
    }
}
