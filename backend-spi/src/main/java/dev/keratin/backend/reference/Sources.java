package dev.keratin.backend.reference;

import dev.keratin.backend.Philox;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.RandomBits;

/** Ops that make tensors from nothing. */
final class Sources {
    private Sources() {}

    static void register(Kernels kernels) {
        kernels.single(Constant.class, (op, x, result) -> constant(op.value()));
        kernels.single(Iota.class, (op, x, result) -> iota(op));
        kernels.single(RandomBits.class, (op, x, result) -> randomBits(x.get(0).longs, result));
    }

    private static Tensor constant(Literal value) {
        if (value.isSplat()) {
            TensorType one = value.type().withShape(Shape.scalar());
            return Tensor.fromBytes(one, value.stored()).filled(value.type().shape());
        }
        return Tensor.fromBytes(value.type(), value.stored());
    }

    private static Tensor iota(Iota op) {
        Shape shape = op.type().shape();
        long[] strides = new long[shape.rank()];
        strides[op.axis()] = 1;
        int[] counts = Offsets.of(shape, strides, 0);
        double[] doubles = new double[counts.length];
        long[] longs = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            doubles[i] = counts[i];
            longs[i] = counts[i];
        }
        return op.type().dtype().isFloating() ? Tensor.ofDoubles(op.type(), doubles) : Tensor.ofLongs(op.type(), longs);
    }

    private static Tensor randomBits(long[] state, TensorType result) {
        int[] words = Philox.words(state[0], state[1], Math.toIntExact(result.shape().size()));
        long[] values = new long[words.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = words[i];
        }
        return Tensor.ofLongs(result, values);
    }
}
