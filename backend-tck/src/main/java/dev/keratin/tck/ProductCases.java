package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Domain;
import dev.keratin.backend.ir.MatMul;
import java.util.List;

/** Products of matrices: every number type, every transposition, every pattern of stretched batches. */
final class ProductCases {
    private ProductCases() {}

    static Family family() {
        Family family = new Family("matrix products");
        for (DType type : Types.in(Domain.NUMBER)) {
            everyTransposition(family, type, 5, 7, 3);
            everyTransposition(family, type, 17, 33, 9);
            batches(family, type);
        }
        for (long[] mkn : new long[][] {{1, 1, 1}, {1, 1023, 1}, {1, 64, 100}, {100, 64, 1}, {64, 1, 64}, {0, 3, 2}, {3, 0, 2},
            {3, 2, 0}, {64, 64, 64}, {129, 257, 191}, {32, 784, 10}}) {
            everyTransposition(family, DType.FLOAT32, mkn[0], mkn[1], mkn[2]);
        }
        everyTransposition(family, DType.FLOAT64, 65, 130, 33);
        special(family);
        return family;
    }

    private static void everyTransposition(Family family, DType type, long m, long k, long n) {
        for (boolean transposeA : new boolean[] {false, true}) {
            for (boolean transposeB : new boolean[] {false, true}) {
                product(family, type, new MatMul(transposeA, transposeB),
                        transposeA ? Shape.of(k, m) : Shape.of(m, k), transposeB ? Shape.of(n, k) : Shape.of(k, n));
            }
        }
    }

    private static void product(Family family, DType type, MatMul op, Shape a, Shape b) {
        Values values = type.isFloating() ? Values.UNIT : Types.plain(type);
        long terms = a.dim(op.transposeA() ? -2 : -1);
        family.op(op, Tolerance.sum(terms), Input.of(type, values, a), Input.of(type, values, b));
    }

    private static void batches(Family family, DType type) {
        for (List<Shape> batch : List.of(
                List.of(Shape.of(2, 3), Shape.of(2, 3)), List.of(Shape.of(2, 1), Shape.of(3)), List.of(Shape.scalar(), Shape.of(4)),
                List.of(Shape.of(4), Shape.scalar()), List.of(Shape.of(2, 1, 2), Shape.of(1, 3, 1)), List.of(Shape.of(0), Shape.of(1)))) {
            product(family, type, new MatMul(false, false), batch.get(0).concat(Shape.of(4, 6)), batch.get(1).concat(Shape.of(6, 5)));
            product(family, type, new MatMul(false, true), batch.get(0).concat(Shape.of(4, 6)), batch.get(1).concat(Shape.of(5, 6)));
            product(family, type, new MatMul(true, false), batch.get(0).concat(Shape.of(6, 4)), batch.get(1).concat(Shape.of(6, 5)));
            product(family, type, new MatMul(true, true), batch.get(0).concat(Shape.of(6, 4)), batch.get(1).concat(Shape.of(5, 6)));
        }
    }

    private static void special(Family family) {
        family.op("with NaN and infinities", new MatMul(false, false), Tolerance.ROUNDED,
                Input.of(DType.FLOAT32, Values.of(1, Double.NaN, Double.POSITIVE_INFINITY, 1, 2, 3), 3, 2),
                Input.of(DType.FLOAT32, Values.of(1, 2, 3, 4), 2, 2));
        family.program("matmul of a matrix with itself transposed", Tolerance.sum(20), sketch -> {
            var x = sketch.normal(17, 20);
            sketch.result(sketch.add(new MatMul(false, true), x, x), sketch.add(new MatMul(true, false), x, x));
        });
    }
}
