package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.*;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The table of gradient rules: one entry for each op. */
final class Rules {
    /** Discrete results or no operands that matter: no gradient flows. */
    private static final Rule NONE = a -> new ArrayList<>(java.util.Collections.nCopies(a.inputs().size(), null));

    private static final Map<Class<? extends Op>, Rule> TABLE = new HashMap<>();

    static {
        rule(Unary.class, (op, a) -> one(UnaryRules.gradient(op.kind(), a.input(0), a.output(), a.gradient())));
        rule(Binary.class, BinaryRules::gradients);
        rule(Select.class, BinaryRules::select);
        rule(Cast.class, (op, a) -> one(op.to().isFloating() ? Ops.cast(a.gradient(), a.input(0).dtype()) : null));
        rule(Compare.class, NONE);
        rule(Bitcast.class, NONE);
        rule(StopGradient.class, NONE);
        rule(Constant.class, NONE);
        rule(Iota.class, NONE);
        rule(RandomBits.class, NONE);

        rule(Broadcast.class, (op, a) -> one(unbroadcast(a.gradient(), a.input(0).shape())));
        rule(Reshape.class, (op, a) -> one(Ops.apply(new Reshape(a.input(0).shape()), a.gradient())));
        rule(Transpose.class, (op, a) -> one(Ops.apply(inverse(op), a.gradient())));
        rule(Reverse.class, (op, a) -> one(Ops.apply(op, a.gradient())));
        rule(Slice.class, ShapeRules::slice);
        rule(DynamicSlice.class, ShapeRules::dynamicSlice);
        rule(DynamicUpdateSlice.class, ShapeRules::dynamicUpdateSlice);
        rule(Pad.class, ShapeRules::pad);
        rule(Concat.class, ShapeRules::concat);

        rule(Gather.class, IndexRules::gather);
        rule(GatherNd.class, IndexRules::gatherNd);
        rule(GatherElements.class, IndexRules::gatherElements);
        rule(ScatterNd.class, IndexRules::scatterNd);
        rule(ScatterElements.class, IndexRules::scatterElements);
        rule(Sort.class, IndexRules::sort);
        rule(TopK.class, IndexRules::topK);
        rule(ArgSort.class, NONE);
        rule(ArgReduce.class, NONE);

        rule(Reduce.class, ReduceRules::reduce);
        rule(Cumulative.class, ReduceRules::cumulative);

        rule(MatMul.class, ContractionRules::matMul);
        rule(Cholesky.class, AlgebraRules::cholesky);
        rule(TriangularSolve.class, AlgebraRules::triangularSolve);
        rule(Lu.class, AlgebraRules::lu);
        rule(Qr.class, AlgebraRules::qr);
        rule(Eigh.class, AlgebraRules::eigh);
        rule(Svd.class, AlgebraRules::svd);
        rule(Eig.class, EigRule::gradient);
        rule(Conv.class, ContractionRules::conv);
        rule(ConvInputGrad.class, ContractionRules::convInputGrad);
        rule(ConvKernelGrad.class, ContractionRules::convKernelGrad);
        rule(Pool.class, (op, a) -> one(Ops.apply(new PoolGrad(op.kind(), op.spec()), a.input(0), a.gradient())));
        rule(PoolGrad.class, ContractionRules::poolGrad);
        rule(LstmSequence.class, RecurrentRules::lstm);
        rule(GruSequence.class, RecurrentRules::gru);
        rule(LstmSequenceGrad.class, Rules::onceOnly);
        rule(GruSequenceGrad.class, Rules::onceOnly);

        rule(Cond.class, ControlRules::cond);
        rule(Scan.class, ControlRules::scan);
        rule(CustomGradient.class, ControlRules::customGradient);
        rule(While.class, (op, a) -> {
            throw new UnsupportedOperationException("whileLoop: a greatest number of steps is required to differentiate"
                    + " through it in a compiled step. Received: a loop without. Give maximumIterations, or use scan or foriLoop.");
        });
        rule(Fusion.class, (op, a) -> {
            throw new IllegalStateException("Fusion: a program before optimisation is required. Received: " + op + ".");
        });
    }

    private Rules() {}

    static Rule of(Op op) {
        return TABLE.get(op.getClass());
    }

    static boolean hasRule(Class<?> op) {
        return TABLE.containsKey(op);
    }

    static List<@Nullable Tensor> one(@Nullable Tensor gradient) {
        return Arrays.asList(gradient);
    }

    /** The sum over the axes along which a shape was stretched. */
    static Tensor unbroadcast(Tensor gradient, Shape shape) {
        if (gradient.shape().equals(shape)) {
            return gradient;
        }
        int added = gradient.rank() - shape.rank();
        List<Integer> axes = IntStream.range(0, gradient.rank())
                .filter(axis -> axis < added || shape.dim(axis - added) == 1 && gradient.shape().dim(axis) != 1)
                .boxed().toList();
        Tensor sum = Ops.apply(new Reduce(ReduceKind.SUM, axes, false), gradient);
        return sum.shape().equals(shape) ? sum : Ops.apply(new Reshape(shape), sum);
    }

    private static Transpose inverse(Transpose op) {
        return new Transpose(IntStream.range(0, op.permutation().size()).map(op.permutation()::indexOf).boxed().toList());
    }

    private static List<@Nullable Tensor> onceOnly(Op op, Application a) {
        throw new UnsupportedOperationException(op.label() + ": a first-order gradient is required. Received: a gradient of"
                + " a gradient of a recurrent layer. Use RNN with a cell, which is a scan, for higher orders.");
    }

    private static void rule(Class<? extends Op> type, Rule rule) {
        TABLE.put(type, rule);
    }

    private static <T extends Op> void rule(Class<T> type, BiFunction<T, Application, List<@Nullable Tensor>> rule) {
        TABLE.put(type, application -> rule.apply(type.cast(application.op()), application));
    }
}
