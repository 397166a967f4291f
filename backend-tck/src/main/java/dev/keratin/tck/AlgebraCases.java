package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Cholesky;
import dev.keratin.backend.ir.Eig;
import dev.keratin.backend.ir.Eigh;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Lu;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Qr;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Svd;
import dev.keratin.backend.ir.TriangularSolve;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** Factorizations: those that are unique as they are, others multiplied together again; one matrix, several, none, empty ones. */
final class AlgebraCases {
    /** Errors grow with the condition of a matrix, which is moderate here. */
    private static final Tolerance FACTORS = new Tolerance(512, 512, false);

    private AlgebraCases() {}

    static Family family() {
        Family family = new Family("linear algebra");
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            for (long n : new long[] {0, 1, 2, 5, 33}) {
                squares(family, type, 2, n);
            }
            squares(family, type, 0, 3);
            for (long[] size : new long[][] {{6, 4}, {3, 7}, {5, 5}, {1, 4}, {4, 1}, {0, 3}, {3, 0}, {40, 17}}) {
                rectangles(family, type, size[0], size[1]);
            }
            special(family, type);
        }
        family.op("of many", new Cholesky(), FACTORS, Input.of(DType.FLOAT32, dominant(8), 300, 8, 8));
        family.op("in several axes", new Cholesky(), FACTORS, Input.of(DType.FLOAT32, dominant(4), 2, 3, 1, 4, 4));
        return family;
    }

    /** From -1 to 1, and n more on the diagonal: the lower triangle is that of a positive definite matrix. */
    private static Values dominant(long n) {
        return (bytes, index, type, random) -> {
            double more = n > 0 && index / n % n == index % n ? n + 1 : 0;
            Elements.write(bytes, index, type, more + 2 * random.nextDouble() - 1);
        };
    }

    private static void squares(Family family, DType type, long count, long n) {
        Input positive = Input.of(type, dominant(n), count, n, n);
        Input any = Input.of(type, Values.UNIT, count, n, n);
        family.op(new Cholesky(), FACTORS, positive);
        family.op(new Lu(), FACTORS, positive);
        family.op("exchanged", new Lu(), FACTORS, any);
        for (int flags = 0; flags < 8; flags++) {
            TriangularSolve op = new TriangularSolve((flags & 1) > 0, (flags & 2) > 0, (flags & 4) > 0);
            Values values = op.unit() ? Values.uniform(-0.3, 0.3) : dominant(n);
            family.op(op, FACTORS, Input.of(type, values, count, n, n), Input.of(type, Values.UNIT, count, n, 3));
        }
        String of = " of " + type + " [" + count + ", " + n + ", " + n + "]";
        family.program("eigh" + of, FACTORS, sketch -> eigh(sketch, sketch.parameter(any.type(), any.values())));
        family.program("eig" + of, FACTORS, sketch -> eig(sketch, sketch.parameter(any.type(), any.values())));
    }

    private static void rectangles(Family family, DType type, long m, long n) {
        for (boolean all : new boolean[] {false, true}) {
            family.op(new Qr(all), FACTORS, Input.of(type, Values.UNIT, 2, m, n));
            family.program("svd of " + type + " [2, " + m + ", " + n + "]" + (all ? " full" : ""), FACTORS, sketch ->
                    svd(sketch, sketch.parameter(type, Values.UNIT, 2, m, n), all));
        }
    }

    private static void special(Family family, DType type) {
        Values spoilt = Values.of(4, 1, 2, Double.NaN, 5, 1, 2, Double.POSITIVE_INFINITY, 6);
        for (Op op : List.of(new Cholesky(), new Lu(), new Qr(false), new Eigh(), new Svd(true), new Eig())) {
            family.op("that is not finite", op, Tolerance.EXACT, Input.of(type, spoilt, 3, 3));
        }
        Values above = Values.of(4, Double.NaN, Double.POSITIVE_INFINITY, 1, 5, Double.NaN, 2, 1, 6);
        family.op("with NaN in the triangle that is not read", new Cholesky(), FACTORS, Input.of(type, above, 3, 3));
        family.op("that is not positive", new Cholesky(), FACTORS, Input.of(type, Values.of(1, 2, 2, 1, 4, 0, 0, 4), 2, 2, 2));
        family.op("that is singular", new Lu(), FACTORS, Input.of(type, Values.of(0, 0, 0, 0, 2, 4, 0, 4, 8), 3, 3));
        family.op("that is triangular already", new Qr(true), FACTORS, Input.of(type, Values.of(-2, 3, 0, 5, 0, 0), 3, 2));
        family.program("svd of a matrix of rank 1, " + type, FACTORS, sketch ->
                svd(sketch, sketch.parameter(type, Values.of(1, 2, 3, 2, 4, 6), 2, 3), true));
    }

    private static void eigh(Sketch sketch, Value x) {
        List<Value> parts = sketch.addAll(new Eigh(), List.of(x));
        Value v = parts.get(1);
        sketch.result(parts.get(0), sketch.add(new MatMul(false, true), columnsTimes(sketch, v, parts.get(0)), v),
                sketch.add(new MatMul(true, false), v, v));
    }

    private static void svd(Sketch sketch, Value x, boolean full) {
        List<Value> parts = sketch.addAll(new Svd(full), List.of(x));
        Value u = parts.get(0);
        Value v = parts.get(2);
        sketch.result(parts.get(1), sketch.add(new MatMul(true, false), u, u), sketch.add(new MatMul(false, true), v, v));
        if (u.type().shape().dim(-1) == v.type().shape().dim(-2)) {
            sketch.result(sketch.matMul(columnsTimes(sketch, u, parts.get(1)), v));
        }
    }

    /** What x v - v diag(w) leaves, the lengths of the vectors, and sums over values, which are free in order. */
    private static void eig(Sketch sketch, Value x) {
        List<Value> parts = sketch.addAll(new Eig(), List.of(x));
        Value wr = parts.get(0);
        Value wi = parts.get(1);
        Value vr = parts.get(2);
        Value vi = parts.get(3);
        Value real = sketch.minus(columnsTimes(sketch, vr, wr), columnsTimes(sketch, vi, wi));
        Value imag = sketch.plus(columnsTimes(sketch, vr, wi), columnsTimes(sketch, vi, wr));
        sketch.result(sketch.minus(sketch.matMul(x, vr), real), sketch.minus(sketch.matMul(x, vi), imag),
                sketch.reduced(ReduceKind.SUM, sketch.plus(sketch.times(vr, vr), sketch.times(vi, vi)), 1),
                sketch.reduced(ReduceKind.SUM, wr, 1), sketch.reduced(ReduceKind.SUM, wi, 1),
                sketch.reduced(ReduceKind.SUM, sketch.plus(sketch.times(wr, wr), sketch.times(wi, wi)), 1));
    }

    /** Each column of the matrices times an element of the vectors. */
    private static Value columnsTimes(Sketch sketch, Value matrices, Value vectors) {
        long[] dims = matrices.type().shape().dims();
        dims[dims.length - 2] = 1;
        return sketch.times(matrices, sketch.reshape(vectors, dims));
    }
}
