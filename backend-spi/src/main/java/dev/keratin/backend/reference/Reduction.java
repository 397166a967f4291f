package dev.keratin.backend.reference;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import java.util.Arrays;
import java.util.List;

/** Ops that make one element of many. */
final class Reduction {
    private Reduction() {}

    static void register(Kernels kernels) {
        kernels.single(Reduce.class, Reduction::reduce);
        kernels.single(ArgReduce.class, Reduction::argReduce);
    }

    private static Tensor reduce(Reduce op, List<Tensor> operands, TensorType result) {
        Tensor x = operands.get(0);
        int[] targets = targets(x.shape(), op.axes());
        int size = Math.toIntExact(result.shape().size());
        return x.isFloating()
                ? Tensor.ofDoubles(result, fold(op.kind(), x.doubles, targets, size))
                : Tensor.ofLongs(result, fold(op.kind(), x.longs, targets, identity(op.kind(), x.dtype(), size)));
    }

    /** For each element, the place of the result that it counts for. */
    private static int[] targets(Shape shape, List<Integer> axes) {
        Shape kept = shape;
        for (int axis : axes) {
            kept = kept.with(axis, 1);
        }
        return Offsets.stretched(kept, shape);
    }

    private static double[] fold(ReduceKind kind, double[] x, int[] targets, int size) {
        double[] y = new double[size];
        Arrays.fill(y, identity(kind));
        for (int i = 0; i < x.length; i++) {
            double old = y[targets[i]];
            y[targets[i]] = switch (kind) {
                case SUM -> old + x[i];
                case PROD -> old * x[i];
                case MAX -> Math.max(old, x[i]);
                case MIN -> Math.min(old, x[i]);
                case ALL, ANY -> throw new IllegalStateException(kind + " takes bool only");
            };
        }
        return y;
    }

    private static double identity(ReduceKind kind) {
        return switch (kind) {
            case SUM, ANY -> 0;
            case PROD, ALL -> 1;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
        };
    }

    private static long[] fold(ReduceKind kind, long[] x, int[] targets, long[] y) {
        for (int i = 0; i < x.length; i++) {
            long old = y[targets[i]];
            y[targets[i]] = switch (kind) {
                case SUM -> old + x[i];
                case PROD -> old * x[i];
                case MAX -> Math.max(old, x[i]);
                case MIN -> Math.min(old, x[i]);
                case ALL -> old & x[i];
                case ANY -> old | x[i];
            };
        }
        return y;
    }

    private static long[] identity(ReduceKind kind, DType type, int size) {
        long[] y = new long[size];
        Arrays.fill(y, switch (kind) {
            case SUM, ANY -> 0;
            case PROD, ALL -> 1;
            case MAX -> Rounding.leastLong(type);
            case MIN -> Rounding.greatestLong(type);
        });
        return y;
    }

    private static Tensor argReduce(ArgReduce op, List<Tensor> operands, TensorType result) {
        Tensor x = operands.get(0);
        Lanes lanes = Lanes.of(x.shape(), op.axis());
        long[] y = new long[lanes.count()];
        for (int lane = 0; lane < y.length; lane++) {
            int start = lanes.start(lane);
            int best = 0;
            for (int k = 1; k < lanes.length(); k++) {
                if (beats(x, start + k * lanes.step(), start + best * lanes.step(), op.largest())) {
                    best = k;
                }
            }
            y[lane] = best;
        }
        return Tensor.ofLongs(result, y);
    }

    private static boolean beats(Tensor x, int challenger, int holder, boolean largest) {
        if (!x.isFloating()) {
            return largest ? x.longs[challenger] > x.longs[holder] : x.longs[challenger] < x.longs[holder];
        }
        double a = x.doubles[challenger];
        double b = x.doubles[holder];
        return Double.isNaN(a) ? !Double.isNaN(b) : largest ? a > b : a < b;
    }
}
