package dev.keratin.backend.reference;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import java.util.List;

/** Running sums, products and extremes. */
final class Accumulation {
    private Accumulation() {}

    static void register(Kernels kernels) {
        kernels.single(Cumulative.class, Accumulation::cumulative);
    }

    private static Tensor cumulative(Cumulative op, List<Tensor> operands, TensorType result) {
        Tensor x = operands.get(0);
        Lanes lanes = Lanes.of(x.shape(), op.axis());
        double[] doubles = x.doubles.clone();
        long[] longs = x.longs.clone();
        for (int lane = 0; lane < lanes.count() && lanes.length() > 0; lane++) {
            int step = op.reverse() ? -lanes.step() : lanes.step();
            int at = lanes.start(lane) + (op.reverse() ? (lanes.length() - 1) * lanes.step() : 0);
            for (int k = 1; k < lanes.length(); k++, at += step) {
                if (x.isFloating()) {
                    doubles[at + step] = join(op.kind(), doubles[at], doubles[at + step]);
                } else {
                    longs[at + step] = join(op.kind(), longs[at], longs[at + step]);
                }
            }
        }
        return x.isFloating() ? Tensor.ofDoubles(result, doubles) : Tensor.ofLongs(result, longs);
    }

    private static double join(CumulativeKind kind, double a, double b) {
        return switch (kind) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }

    private static long join(CumulativeKind kind, long a, long b) {
        return switch (kind) {
            case SUM -> a + b;
            case PROD -> a * b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }
}
