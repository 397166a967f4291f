package dev.keratin.backend.reference;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Bitcast;
import dev.keratin.backend.ir.Cast;

/** Ops that change the element type. */
final class Conversion {
    private Conversion() {}

    static void register(Kernels kernels) {
        kernels.single(Cast.class, (op, x, result) -> cast(x.get(0), result));
        kernels.single(Bitcast.class, (op, x, result) -> bitcast(x.get(0), result));
    }

    private static Tensor cast(Tensor x, TensorType to) {
        if (to.dtype().isFloating()) {
            return Tensor.ofDoubles(to, x.isFloating() ? x.doubles.clone() : floating(x.longs, to.dtype()));
        }
        return Tensor.ofLongs(to, x.isFloating() ? whole(x.doubles, to.dtype()) : x.longs.clone());
    }

    /** Through float where that is the type, since rounding to double first may round twice. */
    private static double[] floating(long[] x, DType to) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = to == DType.FLOAT32 ? (double) (float) x[i] : (double) x[i];
        }
        return y;
    }

    private static long[] whole(double[] x, DType to) {
        long[] y = new long[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = switch (to) {
                case BOOL -> x[i] != 0 ? 1 : 0;
                case INT64 -> (long) x[i];
                default -> (int) x[i];
            };
        }
        return y;
    }

    private static Tensor bitcast(Tensor x, TensorType to) {
        long[] bits = x.isFloating() ? new long[x.size()] : x.longs.clone();
        for (int i = 0; i < x.doubles.length; i++) {
            bits[i] = Bits.ofDouble(x.dtype(), x.doubles[i]);
        }
        if (!to.dtype().isFloating()) {
            return Tensor.ofLongs(to, bits);
        }
        double[] y = new double[bits.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Bits.toDouble(to.dtype(), bits[i]);
        }
        return Tensor.ofDoubles(to, y);
    }
}
