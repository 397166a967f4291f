package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Bitcast;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** Programs of several nodes that backends fuse, plan memory for and reorder. */
final class ProgramCases {
    private ProgramCases() {}

    static Family family() {
        Family family = new Family("programs");
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            for (long rows : new long[] {1, 7, 300}) {
                common(family, Tolerance.PROGRAM, type, rows);
            }
            family.program("attention of " + type, Tolerance.PROGRAM, sketch -> attention(sketch, type));
            family.program("long chain of " + type, Tolerance.PROGRAM, sketch -> chain(sketch, type));
            family.program("dropout of " + type, Tolerance.ROUNDED, sketch -> dropout(sketch, type));
        }
        for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
            common(family, Tolerance.NARROW_PROGRAM, type, 7);
        }
        shapes(family);
        reuse(family);
        return family;
    }

    private static void common(Family family, Tolerance tolerance, DType type, long rows) {
        String size = " of " + type + " with " + rows + " rows";
        family.program("gelu" + size, tolerance, sketch -> sketch.result(gelu(sketch, input(sketch, type, rows, 33))));
        family.program("softmax" + size, tolerance, sketch -> sketch.result(softmax(sketch, input(sketch, type, rows, 33), 1)));
        family.program("softmax of the first axis" + size, tolerance,
                sketch -> sketch.result(softmax(sketch, input(sketch, type, rows, 33), 0)));
        family.program("crossentropy" + size, tolerance, sketch -> crossentropy(sketch, type, rows));
        family.program("layer normalisation" + size, tolerance, sketch -> layerNorm(sketch, type, rows));
        family.program("batch normalisation" + size, tolerance, sketch -> batchNorm(sketch, type, rows));
    }

    private static Value input(Sketch sketch, DType type, long... dims) {
        return sketch.parameter(type, Values.NORMAL, dims);
    }

    static Value gelu(Sketch sketch, Value x) {
        Value erf = sketch.unary(UnaryKind.ERF, sketch.times(x, Math.sqrt(0.5)));
        return sketch.times(sketch.times(x, 0.5), sketch.plus(erf, 1));
    }

    static Value softmax(Sketch sketch, Value x, int axis) {
        Value e = sketch.unary(UnaryKind.EXP, sketch.minus(x, sketch.kept(ReduceKind.MAX, x, axis)));
        return sketch.over(e, sketch.kept(ReduceKind.SUM, e, axis));
    }

    private static void crossentropy(Sketch sketch, DType type, long rows) {
        Value logits = input(sketch, type, rows, 10);
        Value labels = sketch.parameter(DType.INT32, Values.below(10), rows, 1);
        Value classes = sketch.add(new Iota(TensorType.of(DType.INT32, 1, 10), 1));
        Value oneHot = sketch.cast(sketch.compare(CompareKind.EQ, labels, classes), type);
        Value shifted = sketch.minus(logits, sketch.kept(ReduceKind.MAX, logits, 1));
        Value total = sketch.unary(UnaryKind.LOG, sketch.kept(ReduceKind.SUM, sketch.unary(UnaryKind.EXP, shifted), 1));
        Value losses = sketch.minus(total, sketch.kept(ReduceKind.SUM, sketch.times(shifted, oneHot), 1));
        sketch.result(sketch.reduced(ReduceKind.SUM, losses, 0, 1), sketch.minus(softmax(sketch, logits, 1), oneHot));
    }

    private static void layerNorm(Sketch sketch, DType type, long rows) {
        Value x = input(sketch, type, rows, 33);
        Value centred = sketch.minus(x, sketch.mean(x, 1));
        Value variance = sketch.mean(sketch.unary(UnaryKind.SQUARE, centred), 1);
        Value normal = sketch.times(centred, sketch.unary(UnaryKind.RSQRT, sketch.plus(variance, 1e-3)));
        sketch.result(sketch.plus(sketch.times(normal, input(sketch, type, 33)), input(sketch, type, 33)));
    }

    private static void batchNorm(Sketch sketch, DType type, long rows) {
        Value x = input(sketch, type, rows, 4, 5, 8);
        Value runningMean = input(sketch, type, 8);
        Value runningVariance = input(sketch, type, 8);
        Value mean = sketch.mean(x, 0, 1, 2);
        Value variance = sketch.mean(sketch.unary(UnaryKind.SQUARE, sketch.minus(x, mean)), 0, 1, 2);
        Value scale = sketch.unary(UnaryKind.RSQRT, sketch.plus(variance, 1e-3));
        sketch.update(runningMean, moving(sketch, runningMean, mean));
        sketch.update(runningVariance, moving(sketch, runningVariance, variance));
        sketch.result(sketch.times(sketch.minus(x, mean), scale));
    }

    private static Value moving(Sketch sketch, Value old, Value batch) {
        return sketch.plus(sketch.times(old, 0.99), sketch.times(sketch.reshape(batch, 8), 0.01));
    }

    private static void attention(Sketch sketch, DType type) {
        Value x = input(sketch, type, 2, 6, 24);
        Value heads = sketch.transpose(sketch.reshape(sketch.matMul(x, input(sketch, type, 24, 24)), 2, 6, 4, 6), 0, 2, 1, 3);
        Value scores = sketch.times(sketch.add(new MatMul(false, true), heads, heads), 1 / Math.sqrt(6));
        Value mask = sketch.parameter(DType.BOOL, Values.BOOLS, 6, 6);
        Value kept = sketch.select(mask, scores, sketch.constant(scores, -1e9));
        Value mixed = sketch.matMul(softmax(sketch, sketch.times(kept, 0.1), 3), heads);
        Value joined = sketch.reshape(sketch.transpose(mixed, 0, 2, 1, 3), 2, 6, 24);
        sketch.result(sketch.times(sketch.plus(sketch.times(joined, 0.1), x), 0.1));
    }

    private static void chain(Sketch sketch, DType type) {
        Value x = input(sketch, type, 129, 17);
        for (int i = 0; i < 40; i++) {
            x = sketch.unary(i % 2 == 0 ? UnaryKind.TANH : UnaryKind.NEG, sketch.plus(sketch.times(x, 0.9), 0.1));
        }
        sketch.result(x);
    }

    private static void dropout(Sketch sketch, DType type) {
        Value x = input(sketch, type, 50, 41);
        Value state = sketch.parameter(DType.INT64, Values.of(1234, 5), 2);
        Value bits = sketch.add(new RandomBits(Shape.of(50, 41)), state);
        Value whole = sketch.binary(BinaryKind.AND, sketch.binary(BinaryKind.SHIFT_RIGHT, bits, sketch.constant(bits, 9)),
                sketch.constant(bits, 0x7fffff));
        Value ones = sketch.binary(BinaryKind.OR, whole, sketch.constant(bits, 0x3f800000));
        Value uniform = sketch.plus(sketch.add(new Bitcast(DType.FLOAT32), ones), -1);
        Value keep = sketch.compare(CompareKind.GE, uniform, sketch.constant(uniform, 0.25));
        sketch.result(sketch.select(keep, sketch.times(x, 4.0 / 3), sketch.constant(x, 0)), uniform);
        Value counts = sketch.add(new Iota(TensorType.of(DType.INT32, 2), 0));
        sketch.update(state, sketch.plus(state, sketch.cast(counts, DType.INT64)));
    }

    /** Weights in float32, the product in bfloat16. */
    private static void mixedPrecision(Sketch sketch) {
        Value x = sketch.parameter(DType.FLOAT32, Values.UNIT, 17, 24);
        Value w = sketch.parameter(DType.FLOAT32, Values.UNIT, 24, 9);
        Value product = sketch.matMul(sketch.cast(x, DType.BFLOAT16), sketch.cast(w, DType.BFLOAT16));
        Value y = sketch.plus(product, sketch.parameter(DType.BFLOAT16, Values.UNIT, 9));
        sketch.result(sketch.cast(sketch.unary(UnaryKind.RELU, y), DType.FLOAT32));
    }

    private static void shapes(Family family) {
        family.program("a dense layer in mixed precision", new Tolerance(0, 0x1p19, false), ProgramCases::mixedPrecision);
        family.program("transposes that cancel", Tolerance.BITS, sketch -> {
            Value x = sketch.normal(17, 33);
            sketch.result(sketch.transpose(sketch.transpose(x, 1, 0), 1, 0), sketch.reshape(sketch.reshape(x, 33, 17), 17, 33));
        });
        family.program("broadcast, transposed and reduced", Tolerance.PROGRAM, sketch -> {
            Value x = sketch.broadcast(sketch.normal(5, 1), 4, 5, 6);
            sketch.result(sketch.reduced(ReduceKind.SUM, sketch.plus(sketch.transpose(x, 2, 0, 1), sketch.normal(5)), 0, 2));
        });
        family.program("products of transposed and reshaped operands", Tolerance.PROGRAM, sketch -> {
            Value x = sketch.normal(6, 8);
            Value y = sketch.reshape(sketch.normal(12, 4), 6, 8);
            sketch.result(sketch.matMul(sketch.transpose(x, 1, 0), y), sketch.matMul(x, sketch.transpose(y, 1, 0)));
        });
        family.program("an embedding and its gradient", Tolerance.PROGRAM, sketch -> {
            Value table = sketch.normal(11, 6);
            Value tokens = sketch.parameter(DType.INT32, Values.below(11), 4, 5);
            Value looked = sketch.add(new Gather(0), table, tokens);
            Value zeros = sketch.broadcast(sketch.constant(table, 0), 11, 6);
            Value scattered = sketch.add(new ScatterNd(ScatterKind.ADD), zeros, sketch.reshape(tokens, 20, 1),
                    sketch.reshape(sketch.times(looked, 2), 20, 6));
            sketch.result(looked, scattered);
        });
        family.program("parts put together", Tolerance.EXACT, sketch -> {
            Value x = sketch.normal(4, 6);
            Value y = sketch.add(new Reverse(List.of(1)), x);
            Value joined = sketch.add(new Concat(1), x, sketch.unary(UnaryKind.NEG, y), x);
            sketch.result(joined, sketch.reduced(ReduceKind.MAX, joined, 1));
        });
    }

    private static void reuse(Family family) {
        family.program("no parameters", Tolerance.EXACT, sketch -> {
            Value counts = sketch.add(new Iota(TensorType.of(DType.FLOAT32, 3, 7), 1));
            sketch.result(sketch.plus(counts, 0.5), counts);
        });
        family.program("no results", Tolerance.EXACT, sketch -> sketch.unary(UnaryKind.EXP, sketch.normal(5)));
        family.program("results that are parameters, twice", Tolerance.BITS, sketch -> {
            Value x = sketch.parameter(DType.FLOAT32, Values.SPECIAL, 33);
            Value y = sketch.parameter(DType.INT64, Values.EXTREME, 9);
            sketch.result(x, y, x);
        });
        family.program("results that are the same", Tolerance.EXACT, sketch -> {
            Value x = sketch.plus(sketch.normal(33), 1);
            sketch.result(x, x, sketch.unary(UnaryKind.ABS, x), sketch.reshape(x, 3, 11));
        });
        family.program("a value with many readers", Tolerance.PROGRAM, sketch -> {
            Value x = sketch.normal(9, 21);
            Value e = sketch.unary(UnaryKind.TANH, x);
            Value sum = sketch.kept(ReduceKind.SUM, e, 0);
            sketch.result(sketch.times(e, sum), sketch.minus(e, x), sketch.times(sum, sum), sketch.plus(x, sketch.times(e, e)));
        });
        family.program("whole numbers and booleans mixed with floats", Tolerance.EXACT, sketch -> {
            Value x = sketch.parameter(DType.INT32, Values.EXTREME, 100);
            Value f = sketch.parameter(DType.FLOAT32, Values.HALVES, 100);
            Value above = sketch.compare(CompareKind.GT, sketch.cast(x, DType.FLOAT32), f);
            Value chosen = sketch.select(above, x, sketch.cast(f, DType.INT32));
            sketch.result(sketch.plus(sketch.times(chosen, 3), 1), sketch.unary(UnaryKind.NOT, above),
                    sketch.cast(chosen, DType.UINT8), sketch.reduced(ReduceKind.ANY, above, 0));
        });
    }
}
