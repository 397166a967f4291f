package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.CustomGradient;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimplifyTest {
    private static final ConvSpec VALID = new ConvSpec(List.of(2, 2), List.of(0, 0), List.of(0, 0), List.of(1, 1), 1);

    private interface Expression extends Function<Graph, Value> {}

    private static Arguments row(String name, Expression expression, String kernels) {
        return Arguments.of(name, expression, kernels);
    }

    private static Program copy() {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(List.of(builder.parameter(TensorType.of(DType.FLOAT32, 3))));
    }

    /** Expressions of a first parameter x and what is left to compute. */
    static Stream<Arguments> expressions() {
        return Stream.of(
                row("x * 1", g -> g.mul(g.input(3), g.full(1, 3)), ""),
                row("x + -0.0", g -> g.add(g.input(3), g.number(-0.0)), ""),
                row("x + 0.0 may change the sign of zero", g -> g.add(g.input(3), g.number(0)), "add"),
                row("integer x + 0", g -> g.add(g.input(DType.INT32, 3), g.builder.constant(Literal.scalar(DType.INT32, 0))), ""),
                row("x - 0", g -> g.sub(g.input(3), g.number(0)), ""),
                row("x / 1", g -> g.div(g.input(3), g.number(1)), ""),
                row("x / 8", g -> g.div(g.input(3), g.number(8)), "mul"),
                row("x / 3", g -> g.div(g.input(3), g.number(3)), "div"),
                row("1 / x", g -> g.div(g.number(1), g.input(3)), "reciprocal"),
                row("x * x", g -> square(g, g.input(3)), "square"),
                row("-(-x)", g -> g.unary(UnaryKind.NEG, g.unary(UnaryKind.NEG, g.input(3))), ""),
                row("x - -y", g -> g.sub(g.input(3), g.unary(UnaryKind.NEG, g.input(3))), "add"),
                row("x ** 2", g -> g.binary(BinaryKind.POW, g.input(3), g.number(2)), "square"),
                row("x ** 3", g -> g.binary(BinaryKind.POW, g.input(3), g.number(3)), "square\nmul"),
                row("x ** -1", g -> g.binary(BinaryKind.POW, g.input(3), g.number(-1)), "reciprocal"),
                row("x ** 0.5", g -> g.binary(BinaryKind.POW, g.input(3), g.number(0.5)), "sqrt"),
                row("max(x, 0)", g -> g.binary(BinaryKind.MAX, g.input(3), g.number(0)), "relu"),
                row("relu of relu", g -> g.unary(UnaryKind.RELU, g.unary(UnaryKind.RELU, g.input(3))), "relu"),
                row("not (x == y)", g -> g.unary(UnaryKind.NOT, g.compare(CompareKind.EQ, g.input(3), g.input(3))), "ne"),
                row("not (x < y) holds for NaN", g -> g.unary(UnaryKind.NOT, g.compare(CompareKind.LT, g.input(3), g.input(3))), "lt\nnot"),
                row("select of equals", g -> selectSame(g, g.input(3)), ""),
                row("select of not", g -> g.select(g.unary(UnaryKind.NOT, g.input(DType.BOOL, 3)), g.input(3), g.input(3)), "select"),
                row("customGradient", g -> g.op(new CustomGradient(copy(), 1, 1), g.input(3), g.input(3)), ""),
                row("stopGradient", g -> g.op(new StopGradient(), g.input(3)), ""),
                row("lossless casts", g -> g.cast(DType.FLOAT32, g.cast(DType.FLOAT64, g.input(3))), ""),
                row("casts that round", g -> g.cast(DType.FLOAT32, g.cast(DType.FLOAT16, g.input(3))), "cast\ncast"),
                row("transposes that cancel", g -> g.transpose(g.transpose(g.input(2, 3, 4), 1, 2, 0), 2, 0, 1), ""),
                row("transpose of length 1", g -> g.transpose(g.input(1, 3), 1, 0), ""),
                row("reshapes", g -> g.reshape(g.reshape(g.input(2, 3), 6), 3, 2), ""),
                row("broadcast that an op does", g -> g.add(g.input(2, 3), g.broadcast(g.input(3), 2, 3)), "add"),
                row("broadcast of two operands", g -> g.add(g.broadcast(g.input(3), 2, 3), g.broadcast(g.input(3), 2, 3)), "add\nbroadcast"),
                row("broadcasts", g -> g.broadcast(g.broadcast(g.input(3), 2, 3), 4, 2, 3), "broadcast"),
                row("reverses", g -> g.op(new Reverse(List.of(0)), g.op(new Reverse(List.of(0, 1)), g.input(2, 3))), "reverse"),
                row("slice of all", g -> g.op(slice(0, 3, 1), g.input(3)), ""),
                row("slice of slice", g -> g.op(slice(1, 3, 1), g.op(slice(0, 8, 2), g.input(9))), "slice"),
                row("slice of a part", g -> g.op(slice(3, 5, 1), g.op(new Concat(0), g.input(3), g.input(2))), ""),
                row("concat of one", g -> g.op(new Concat(0), g.input(3)), ""),
                row("pad of nothing", g -> g.op(new Pad(List.of(0L), List.of(0L), List.of(0L)), g.input(3), g.number(2)), ""),
                row("reduce of length 1", g -> g.sum(g.input(3, 1), false, 1), ""),
                row("reduce of nothing", g -> g.sum(g.input(3, 1), false), ""),
                row("sum of repeated", g -> g.sum(g.broadcast(g.input(3), 4, 3), false, 0), "mul"),
                row("max of repeated", g -> g.max(g.broadcast(g.input(3), 4, 3), false, 0), ""),
                row("product of transposed", g -> g.matMul(g.transpose(g.input(4, 3), 1, 0), g.transpose(g.input(5, 4), 1, 0)), "matMul"),
                row("product of repeated", g -> g.matMul(g.input(2, 3, 4), g.broadcast(g.input(4, 5), 2, 4, 5)), "matMul"),
                row("transposed product", g -> g.transpose(g.matMul(g.input(3, 4), g.input(4, 5)), 1, 0), "matMul"),
                row("padded convolution", SimplifyTest::paddedConvolution, "conv"),
                row("cut gradient", SimplifyTest::cutGradient, "convInputGrad"),
                row("masked gradient of max pooling", g -> masked(g, PoolKind.MAX), "pool\ngt\nselect\npoolGrad"),
                row("masked gradient of mean pooling", g -> masked(g, PoolKind.AVERAGE), "gt\npoolGrad\nselect"),
                row("sum of that of max pooling", g -> g.sum(masked(g, PoolKind.MAX), false, 0, 1, 2), "pool\ngt\nselect\nreduceSum"),
                row("sum of a part of it", g -> g.sum(poolGrad(g, PoolKind.MAX, g.input(2, 7, 7, 3)), true, 0, 1), "poolGrad\nreduceSum"),
                row("gradient of a split", SimplifyTest::gradientOfSplit, "concat"),
                row("constants", g -> g.mul(g.input(3), g.unary(UnaryKind.EXP, g.full(0, 3))), "exp\nmul"));
    }

    private static Value square(Graph g, Value x) {
        return g.mul(x, x);
    }

    private static Value selectSame(Graph g, Value x) {
        return g.select(g.input(DType.BOOL, 3), x, x);
    }

    private static Slice slice(long start, long limit, long stride) {
        return new Slice(List.of(start), List.of(limit), List.of(stride));
    }

    private static Value gradientOfSplit(Graph g) {
        Value sum = padded(g, 4, 0);
        sum = g.add(sum, padded(g, 2, 2));
        return g.add(padded(g, 0, 4), sum);
    }

    private static Value padded(Graph g, long low, long high) {
        return g.op(new Pad(List.of(0L, low), List.of(0L, high), List.of(0L, 0L)), g.input(3, 2), g.number(0));
    }

    private static Value paddedConvolution(Graph g) {
        Value padded = g.op(new Pad(List.of(0L, 1L, 0L, 0L), List.of(0L, 2L, 1L, 0L), List.of(0L, 0L, 0L, 0L)),
                g.input(1, 5, 5, 2), g.number(0));
        return g.op(new Conv(VALID), padded, g.input(2, 2, 2, 3));
    }

    /** Of windows that overlap. */
    private static Value poolGrad(Graph g, PoolKind kind, Value x) {
        PoolSpec spec = new PoolSpec(List.of(3, 3), List.of(2, 2), List.of(1, 1), List.of(1, 1));
        return g.op(new PoolGrad(kind, spec), x, g.input(2, 4, 4, 3));
    }

    private static Value masked(Graph g, PoolKind kind) {
        Value x = g.input(2, 7, 7, 3);
        return g.select(g.compare(CompareKind.GT, x, g.number(0)), poolGrad(g, kind, x), g.number(0));
    }

    private static Value cutGradient(Graph g) {
        Value gradient = g.op(new ConvInputGrad(VALID, Shape.of(1, 6, 6, 2)), g.input(1, 3, 3, 4), g.input(2, 2, 2, 4));
        return g.op(new Slice(List.of(0L, 1L, 0L, 0L), List.of(1L, 6L, 5L, 2L), List.of(1L, 1L, 1L, 1L)), gradient);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expressions")
    void simplify_expression_leaves(String name, Expression expression, String kernels) {
        Graph graph = new Graph();
        Program program = graph.program(expression.apply(graph));
        Program simplified = Simplify.run(program);
        assertThat(Graph.kernels(simplified)).isEqualTo(kernels);
        Runs.assertEquivalent(simplified, program, name.hashCode());
    }

    @Test
    void simplify_signOfRectified_looksAtTheResult() {
        Graph g = new Graph();
        Value x = g.input(3);
        Value relu = g.unary(UnaryKind.RELU, x);
        Program program = g.program(relu, g.compare(CompareKind.GT, x, g.number(0)));
        assertThat(Simplify.run(program).text()).isEqualTo("""
                (%0: float32[3]) {
                  %1: float32[3] = Unary[kind=RELU](%0)
                  %2: float32[] = Constant[value=0.0]()
                  %3: bool[3] = Compare[kind=GT](%1, %2)
                  return %1, %3
                }
                """);
    }

    @Test
    void simplify_headsOfAttention_keepTheInnermostAxis() {
        Graph g = new Graph();
        Value q = g.input(2, 4, 3, 5);
        Value keys = g.transpose(g.input(2, 3, 4, 5), 0, 2, 3, 1);
        assertThat(Simplify.run(g.program(g.matMul(q, keys))).text()).isEqualTo("""
                (%0: float32[2, 4, 3, 5], %1: float32[2, 3, 4, 5]) {
                  %2: float32[2, 4, 3, 5] = Transpose[permutation=[0, 2, 1, 3]](%1)
                  %3: float32[2, 4, 3, 3] = MatMul[transposeA=false, transposeB=true](%0, %2)
                  return %3
                }
                """);
    }

    @Test
    void simplify_viewBeforeElementwise_movesBehind() {
        Graph g = new Graph();
        Value x = g.reshape(g.input(2, 3), 6);
        assertThat(Simplify.run(g.program(g.unary(UnaryKind.EXP, x))).text()).isEqualTo("""
                (%0: float32[2, 3]) {
                  %1: float32[2, 3] = Unary[kind=EXP](%0)
                  %2: float32[6] = Reshape[to=[6]](%1)
                  return %2
                }
                """);
    }

    @Test
    void simplify_viewOfAComputedValueBesideAParameter_movesBehind() {
        Graph g = new Graph();
        Value x = g.reshape(g.unary(UnaryKind.EXP, g.input(2, 3)), 6);
        assertThat(Simplify.run(g.program(g.add(x, g.input(6)))).text()).isEqualTo("""
                (%0: float32[2, 3], %1: float32[6]) {
                  %2: float32[2, 3] = Unary[kind=EXP](%0)
                  %3: float32[2, 3] = Reshape[to=[2, 3]](%1)
                  %4: float32[2, 3] = Binary[kind=ADD](%2, %3)
                  %5: float32[6] = Reshape[to=[6]](%4)
                  return %5
                }
                """);
    }

    @Test
    void simplify_viewOfAParameterBesideAnother_staysBefore() {
        Graph g = new Graph();
        Program program = g.program(g.add(g.reshape(g.input(2, 3), 6), g.input(6)));
        assertThat(Simplify.run(program)).isSameAs(program);
    }

    @Test
    void simplify_updateOfParameterByItself_isDropped() {
        Graph g = new Graph();
        Value x = g.input(3);
        g.update(x, g.mul(x, g.number(1)));
        assertThat(Simplify.run(g.program(x)).updates()).isEmpty();
    }

    @Test
    void folding_smallResult_isComputed() {
        Graph g = new Graph();
        Value x = g.input(3);
        Value constant = g.unary(UnaryKind.SQRT, g.add(g.full(3, 3), g.full(1, 3)));
        assertThat(ConstantFolding.run(g.program(g.add(x, constant))).text()).isEqualTo("""
                (%0: float32[3]) {
                  %1: float32[] = Constant[value=2.0]()
                  %2: float32[3] = Binary[kind=ADD](%0, %1)
                  return %2
                }
                """);
    }

    @Test
    void folding_largeResult_isLeft() {
        Graph g = new Graph();
        Value count = g.op(new Iota(TensorType.of(DType.FLOAT32, 20000), 0));
        assertThat(Graph.kernels(ConstantFolding.run(g.program(g.unary(UnaryKind.EXP, count))))).isEqualTo("iota\nexp");
    }

    @Test
    void commonValues_swappedOperands_areComputedOnce() {
        Graph g = new Graph();
        Value x = g.input(3);
        Value y = g.input(3);
        Program program = g.program(g.sub(g.add(x, y), g.add(y, x)));
        assertThat(Graph.kernels(CommonValues.run(program))).isEqualTo("add\nsub");
    }

    @Test
    void deadCode_unreadNodes_areRemoved() {
        Graph g = new Graph();
        Value x = g.input(3);
        g.unary(UnaryKind.EXP, g.unary(UnaryKind.NEG, x));
        assertThat(DeadCode.run(g.program(x)).nodes()).isEmpty();
    }

    private static Value picked(Graph g, boolean checked) {
        Value x = g.input(4, 5);
        Value labels = g.builder.add(new Binary(BinaryKind.MOD), g.input(DType.INT32, 4, 1),
                g.builder.constant(Literal.scalar(DType.INT32, 5)));
        Value losses = g.op(new GatherElements(1), x, labels);
        Value loss = checked ? g.sum(losses, false) : g.input(4, 1);
        return g.op(new ScatterElements(1, ScatterKind.ADD), g.full(0, 4, 5), labels, g.mul(loss, g.input(4, 1)));
    }

    @Test
    void simplify_scatterOfCheckedLabels_isElementwise() {
        Graph g = new Graph();
        Program program = g.program(picked(g, true));
        assertThat(Graph.kernels(Simplify.run(program))).isEqualTo("mod\ngatherElements\nmul\niota\neq\nselect");
        Runs.assertEquivalent(Simplify.run(program), program, 8);
    }

    @Test
    void simplify_scatterOfUncheckedLabels_staysBecauseItChecks() {
        Graph g = new Graph();
        assertThat(Graph.kernels(Simplify.run(DeadCode.run(g.program(picked(g, false)))))).isEqualTo("mod\nmul\nscatterElements");
    }
}
