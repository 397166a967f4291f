package dev.keratin.autodiff;

import static dev.keratin.autodiff.FiniteDifferences.check;
import static dev.keratin.autodiff.FiniteDifferences.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.*;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientRulesTest {
    /** An application of one op to operands, of which the float64 ones are differentiated. */
    record Case(Op op, Tensor... operands) {
        @Override
        public String toString() {
            return op + " " + Arrays.stream(operands).map(Tensor::type).toList();
        }
    }

    @Test
    void everyOp_hasARule() {
        for (Class<?> op : Op.class.getPermittedSubclasses()) {
            assertThat(Rules.hasRule(op)).as(op.getSimpleName()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(UnaryKind.class)
    void unary(UnaryKind kind) {
        if (kind.domain() == Domain.BITS || kind.isPredicate() || isStep(kind)) {
            assertThat(UnaryRules.gradient(kind, uniform(1, 2, 3), uniform(1, 2, 3), uniform(1, 2, 3))).isNull();
            return;
        }
        boolean onlyAboveOne = kind == UnaryKind.ACOSH;
        check(in -> Ops.apply(new Unary(kind), in), onlyAboveOne ? uniform(1.2, 2, 2, 5) : uniform(0.1, 0.9, 2, 5));
        if (!onlyAboveOne && isDefinedBelowZero(kind)) {
            check(in -> Ops.apply(new Unary(kind), in), uniform(-0.9, -0.1, 7));
        }
    }

    private static boolean isStep(UnaryKind kind) {
        return switch (kind) {
            case SIGN, FLOOR, CEIL, ROUND, TRUNC -> true;
            default -> false;
        };
    }

    private static boolean isDefinedBelowZero(UnaryKind kind) {
        return switch (kind) {
            case SQRT, RSQRT, LOG, LOG2, LOG10 -> false;
            default -> true;
        };
    }

    @ParameterizedTest
    @EnumSource(value = BinaryKind.class, names = {"ADD", "SUB", "MUL", "DIV", "MOD", "REMAINDER", "POW", "MAX", "MIN", "ATAN2"})
    void binary_everyBroadcast(BinaryKind kind) {
        check(in -> Ops.apply(new Binary(kind), in), uniform(1.1, 2.9, 2, 3), uniform(0.3, 0.9, 2, 3));
        check(in -> Ops.apply(new Binary(kind), in), uniform(1.1, 2.9, 2, 3), uniform(0.3, 0.9, 3));
        check(in -> Ops.apply(new Binary(kind), in), uniform(1.1, 2.9, 2, 1), uniform(0.3, 0.9, 1, 3));
        check(in -> Ops.apply(new Binary(kind), in), uniform(1.1, 2.9, 1, 3), uniform(0.3, 0.9, 4, 2, 1));
    }

    static Stream<Case> cases() {
        Tensor zero = Ops.scalar(DType.FLOAT64, 0.5);
        List<Long> no = List.of(0L, 0L);
        return Stream.of(
                new Case(new Select(), Tensor.of(new boolean[] {true, false, true}), uniform(0, 1, 2, 3), uniform(0, 1, 3)),
                new Case(new Cast(DType.FLOAT64), uniform(0, 1, 3)),
                new Case(new Broadcast(Shape.of(4, 2, 3)), uniform(0, 1, 2, 1)),
                new Case(new Reshape(Shape.of(3, 4)), uniform(0, 1, 2, 6)),
                new Case(new Transpose(List.of(2, 0, 1)), uniform(0, 1, 2, 3, 4)),
                new Case(new Reverse(List.of(0, 2)), uniform(0, 1, 2, 3, 4)),
                new Case(new Slice(List.of(1L, 0L), List.of(5L, 3L), List.of(2L, 1L)), uniform(0, 1, 6, 3)),
                new Case(new Slice(List.of(1L, 0L), List.of(1L, 3L), List.of(1L, 1L)), uniform(0, 1, 6, 3)),
                new Case(new DynamicSlice(Shape.of(2, 2)), uniform(0, 1, 4, 3), Tensor.of(new long[] {1, 9})),
                new Case(new DynamicUpdateSlice(), uniform(0, 1, 4, 3), uniform(2, 3, 2, 2), Tensor.of(new long[] {1, 1})),
                new Case(new Pad(List.of(1L, 0L), List.of(2L, 1L), List.of(1L, 0L)), uniform(0, 1, 3, 2), zero),
                new Case(new Pad(no, no, no), uniform(0, 1, 3, 2), zero),
                new Case(new Concat(1), uniform(0, 1, 2, 1), uniform(0, 1, 2, 3), uniform(1, 2, 2, 2)),
                new Case(new Gather(0), uniform(0, 1, 5, 3), Tensor.of(new int[] {4, 0, 4}, 3)),
                new Case(new Gather(1), uniform(0, 1, 2, 5, 3), Tensor.of(new int[] {4, 0, 4, 2}, 2, 2)),
                new Case(new GatherNd(), uniform(0, 1, 3, 4, 2), Tensor.of(new long[] {0, 1, 2, 3, 0, 1}, 3, 2)),
                new Case(new GatherElements(1), uniform(0, 1, 2, 4), Tensor.of(new int[] {3, 3, 0, 1, 2, 0}, 2, 3)),
                scatterNd(ScatterKind.SET), scatterNd(ScatterKind.ADD), scatterNd(ScatterKind.MUL),
                scatterNd(ScatterKind.MAX), scatterNd(ScatterKind.MIN),
                scatterElements(ScatterKind.SET), scatterElements(ScatterKind.ADD), scatterElements(ScatterKind.MUL),
                scatterElements(ScatterKind.MAX), scatterElements(ScatterKind.MIN),
                new Case(new Sort(1, true), uniform(0, 1, 3, 5)),
                new Case(new Sort(0, false), uniform(0, 1, 3, 5)),
                new Case(new TopK(2), uniform(0, 1, 3, 5)),
                new Case(new Reduce(ReduceKind.SUM, List.of(0, 2), false), uniform(0, 1, 2, 3, 4)),
                new Case(new Reduce(ReduceKind.SUM, List.of(1), true), uniform(0, 1, 2, 3, 4)),
                new Case(new Reduce(ReduceKind.MAX, List.of(1), false), uniform(0, 1, 2, 3, 4)),
                new Case(new Reduce(ReduceKind.MIN, List.of(0, 1, 2), false), uniform(0, 1, 2, 3, 4)),
                new Case(new Reduce(ReduceKind.PROD, List.of(0, 2), false), uniform(0, 1, 2, 3, 2)),
                new Case(new Reduce(ReduceKind.PROD, List.of(1), true), Tensor.of(new double[] {0, 2, 3, 4, 0, 0, 1, 2}, 2, 4)),
                new Case(new Cumulative(CumulativeKind.SUM, 1, false), uniform(0, 1, 2, 4)),
                new Case(new Cumulative(CumulativeKind.SUM, 0, true), uniform(0, 1, 3, 2)),
                new Case(new Cumulative(CumulativeKind.PROD, 1, true), uniform(0.5, 1, 2, 4)),
                new Case(new Cumulative(CumulativeKind.MAX, 1, false), uniform(0, 1, 2, 6)),
                new Case(new Cumulative(CumulativeKind.MIN, 1, true), uniform(0, 1, 2, 6)),
                new Case(new MatMul(false, false), uniform(0, 1, 2, 3), uniform(0, 1, 3, 4)),
                new Case(new MatMul(true, false), uniform(0, 1, 3, 2), uniform(0, 1, 3, 4)),
                new Case(new MatMul(false, true), uniform(0, 1, 2, 3), uniform(0, 1, 4, 3)),
                new Case(new MatMul(true, true), uniform(0, 1, 3, 2), uniform(0, 1, 4, 3)),
                new Case(new MatMul(false, false), uniform(0, 1, 5, 2, 3), uniform(0, 1, 3, 4)),
                new Case(new MatMul(true, true), uniform(0, 1, 5, 1, 3, 2), uniform(0, 1, 2, 4, 3)),
                new Case(new Cholesky(), positive(2, 3, 3)), new Case(new Lu(), uniform(-1, 1, 2, 4, 4)),
                new Case(new TriangularSolve(true, false, false), positive(2, 3, 3), uniform(-1, 1, 2, 3, 2)),
                new Case(new TriangularSolve(true, true, true), positive(3, 3), uniform(-1, 1, 3, 2)),
                new Case(new TriangularSolve(false, true, false), positive(3, 3), uniform(-1, 1, 3, 2)),
                new Case(new TriangularSolve(false, false, true), positive(3, 3), uniform(-1, 1, 3, 2)),
                new Case(new Qr(false), uniform(-1, 1, 2, 4, 3)), new Case(new Qr(false), uniform(-1, 1, 2, 3, 5)),
                new Case(new Qr(true), uniform(-1, 1, 3, 3)), new Case(new Qr(true), uniform(-1, 1, 2, 4)),
                new Case(new Eigh(), positive(2, 3, 3)), new Case(new Eig(), uniform(-1, 1, 2, 5, 5)), new Case(new Svd(true), uniform(-1, 1, 3, 3)),
                new Case(new Svd(false), uniform(-1, 1, 2, 4, 3)), new Case(new Svd(false), uniform(-1, 1, 2, 5)),
                new Case(new Conv(spec(2, 1, 0, 1, 1)), uniform(0, 1, 2, 5, 2), uniform(0, 1, 3, 2, 4)),
                new Case(new Conv(spec(1, 1, 2, 2, 2)), uniform(0, 1, 1, 6, 4), uniform(0, 1, 2, 2, 6)),
                new Case(new ConvInputGrad(spec(2, 1, 0, 1, 1), Shape.of(2, 5, 2)), uniform(0, 1, 2, 2, 4), uniform(0, 1, 3, 2, 4)),
                new Case(new ConvKernelGrad(spec(2, 1, 0, 1, 1), Shape.of(3, 2, 4)), uniform(0, 1, 2, 5, 2), uniform(0, 1, 2, 2, 4)),
                new Case(new Pool(PoolKind.MAX, pool()), uniform(0, 1, 2, 5, 2)),
                new Case(new Pool(PoolKind.AVERAGE, pool()), uniform(0, 1, 2, 5, 2)));
    }

    /** Different numbers on the diagonal, much larger than the others. */
    private static Tensor positive(long... dims) {
        Tensor scale = Ops.expandDims(Ops.arange(2, 2 + dims[dims.length - 1]), 0);
        return Ops.add(uniform(-0.5, 0.5, dims), Ops.multiply(Ops.eye(dims[dims.length - 1], dims[dims.length - 1], 0, DType.FLOAT64), scale));
    }

    @Test
    void factors_thatAreNotUnique_areNotDifferentiated() {
        for (Op op : List.of(new Qr(true), new Svd(true))) {
            assertThatThrownBy(() -> check(in -> Ops.apply(op, in), uniform(-1, 1, 4, 2)))
                    .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("the reduced form is required");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void op_agreesWithFiniteDifferences(Case each) {
        check(in -> Ops.apply(each.op, in), each.operands);
    }

    @Test
    void poolGrad_average_differentiatesAgain() {
        Tensor x = uniform(0, 1, 2, 5, 2);
        check(in -> Ops.apply(new PoolGrad(PoolKind.AVERAGE, pool()), List.of(x, in.get(0))), uniform(0, 1, 2, 3, 2));
    }

    @Test
    void poolGrad_max_differentiatesAgain() {
        Tensor x = uniform(0, 1, 2, 5, 2);
        check(in -> Ops.apply(new PoolGrad(PoolKind.MAX, pool()), List.of(x, in.get(0))), uniform(0, 1, 2, 3, 2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lstm(boolean masked) {
        check(in -> Ops.apply(new LstmSequence(masked), masked(in, masked)).subList(0, 2),
                uniform(-1, 1, 2, 3, 8), uniform(-1, 1, 2, 2), uniform(-0.9, 1, 2, 2), uniform(-1, 1, 2, 8));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gru(boolean masked) {
        check(in -> Ops.apply(new GruSequence(masked), masked(in, masked)).subList(0, 1),
                uniform(-1, 1, 2, 3, 6), uniform(-1, 1, 2, 2), uniform(-1, 1, 2, 6), uniform(-1, 1, 6));
    }

    private static List<Tensor> masked(List<Tensor> operands, boolean masked) {
        Tensor mask = Tensor.of(new boolean[] {true, true, false, false, true, true}, 2, 3);
        return masked ? Stream.concat(operands.stream(), Stream.of(mask)).toList() : operands;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cond_takesTheBranchThatRan(boolean chosen) {
        TensorType type = TensorType.of(DType.FLOAT64, 3);
        Program square = unaryProgram(type, UnaryKind.SQUARE);
        Program exp = unaryProgram(type, UnaryKind.EXP);
        check(in -> Ops.apply(new Cond(square, exp), List.of(Tensor.of(chosen), in.get(0))), uniform(0, 1, 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scan_carriesSequencesAndConstants(boolean reverse) {
        TensorType type = TensorType.of(DType.FLOAT64, 2);
        ProgramBuilder body = new ProgramBuilder();
        Value carry = body.parameter(type);
        Value slice = body.parameter(type);
        Value constant = body.parameter(type);
        Value next = body.add(new Unary(UnaryKind.TANH), body.add(new Binary(BinaryKind.ADD),
                body.add(new Binary(BinaryKind.MUL), carry, constant), slice));
        Program step = body.build(next, body.add(new Unary(UnaryKind.SQUARE), next));
        for (boolean carriesIn : new boolean[] {false, true}) {
            check(in -> Ops.apply(new Scan(step, 1, 1, 4, reverse, carriesIn), in).subList(0, 2),
                    uniform(-1, 1, 2), uniform(-1, 1, 4, 2), uniform(0.5, 1, 2));
        }
    }

    @Test
    void secondOrder_tapesNest() {
        Tensor x = uniform(0.2, 0.8, 4);
        check(in -> {
            try (GradientTape inner = new GradientTape()) {
                inner.watch(in.get(0));
                Tensor y = Ops.apply(new Unary(UnaryKind.TANH), Ops.apply(new Unary(UnaryKind.EXP), in.get(0)));
                return List.of(inner.keep(inner.gradient(y, in.get(0))));
            }
        }, x);
    }

    private static Program unaryProgram(TensorType type, UnaryKind kind) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(new Unary(kind), builder.parameter(type)));
    }

    private static Case scatterNd(ScatterKind kind) {
        return new Case(new ScatterNd(kind), uniform(1, 2, 4, 2), Tensor.of(new int[] {3, 0}, 2, 1), uniform(1.1, 1.9, 2, 2));
    }

    private static Case scatterElements(ScatterKind kind) {
        return new Case(new ScatterElements(1, kind), uniform(1, 2, 2, 4), Tensor.of(new int[] {3, 0, 1, 2}, 2, 2),
                uniform(1.1, 1.9, 2, 2));
    }

    private static ConvSpec spec(int stride, int low, int high, int dilation, int groups) {
        return new ConvSpec(List.of(stride), List.of(low), List.of(high), List.of(dilation), groups);
    }

    private static PoolSpec pool() {
        return new PoolSpec(List.of(3), List.of(2), List.of(1), List.of(1));
    }
}
