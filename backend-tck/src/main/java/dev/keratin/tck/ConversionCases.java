package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Bitcast;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Domain;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.RandomBits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** Changes of type: every pair. Tensors from nothing: every type. */
final class ConversionCases {
    /** Around the ends of the integer types, ties between halves, and parts of one. */
    private static final Values EDGES = Values.of(0, 0.4, -0.4, 0.6, -0.9, 1.5, -1.5, 2.5, 127, 128, 129, -128, -129, 200.7,
            255, 256, 300, -1, 2049, 2051, 65504, 65519, 65520, 1e5, 16777217, 2147483520, 2147483647, 2147483648.0,
            -2147483648.0, -3e9, 9e15, 9.3e18, -9.3e18, 1e30, -1e30, 3.5e38);

    private ConversionCases() {}

    static Family family() {
        Family family = new Family("cast and bitcast");
        for (DType from : DType.values()) {
            for (DType to : DType.values()) {
                family.op(new Cast(to), Tolerance.EXACT, Input.of(from, Types.wild(from), 1023));
                family.op("at edges", new Cast(to), Tolerance.EXACT, Input.of(from, EDGES, 36));
                family.op(new Cast(to), Tolerance.EXACT, Input.of(from, Types.plain(from)));
                if (from.byteSize() == to.byteSize()) {
                    Values values = to == DType.BOOL ? Values.BOOLS : Types.plain(from);
                    family.op(new Bitcast(to), Tolerance.BITS, Input.of(from, values, 5, 51));
                }
            }
        }
        family.op("big", new Cast(DType.INT32), Tolerance.EXACT, Input.of(DType.FLOAT32, Values.uniform(-1e6, 1e6), 317, 331));
        return family;
    }

    static Family sources() {
        Family family = new Family("constants, counts and random bits");
        for (DType type : DType.values()) {
            constant(family, Literal.splat(TensorType.of(type, 3, 5), 1.0));
            constant(family, Literal.scalar(type, 1));
            constant(family, literal(TensorType.of(type, 2, 9)));
            constant(family, literal(TensorType.of(type, 129, 17)));
        }
        for (DType type : Types.in(Domain.NUMBER)) {
            family.op(new Iota(TensorType.of(type, 3000), 0), Tolerance.EXACT);
            family.op(new Iota(TensorType.of(type, 3, 4, 5), 1), Tolerance.EXACT);
            family.op(new Iota(TensorType.of(type, 0, 4), 1), Tolerance.EXACT);
        }
        for (Shape shape : List.of(Shape.scalar(), Shape.of(0), Shape.of(1), Shape.of(5), Shape.of(17), Shape.of(1023),
                Shape.of(3, 5), Shape.of(100_003))) {
            family.op(new RandomBits(shape), Tolerance.EXACT, Input.of(DType.INT64, Values.of(42, 7), 2));
            family.op("any state", new RandomBits(shape), Tolerance.EXACT, Input.of(DType.INT64, Values.byPlace(i -> -9 - i), 2));
            family.op("wide state", new RandomBits(shape), Tolerance.EXACT,
                    Input.of(DType.INT64, Values.byPlace(i -> 0x123456789abcdefL << i), 2));
        }
        return family;
    }

    private static void constant(Family family, Literal value) {
        family.op(value.type().toString(), new Constant(value), Tolerance.BITS);
    }

    private static Literal literal(TensorType type) {
        ByteBuffer bytes = Types.wild(type.dtype()).fill(type, new Random(type.dtype().byteSize()));
        return Literal.of(type, bytes);
    }
}
