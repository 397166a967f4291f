package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fusions written by hand, of every kind, as the compiler's passes may make them; epilogues in float32 only, since
 * policies that fuse float64 products are not to be expected.
 */
final class FusionCases {
    private FusionCases() {}

    static Family family() {
        Family family = new Family("fusions");
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            for (long[] size : new long[][] {{1, 1}, {6, 40}, {17, 1023}, {0, 5}, {301, 333}}) {
                loops(family, type, size[0], size[1]);
                rows(family, type, size[0], size[1]);
                columns(family, type, size[0], size[1]);
            }
        }
        epilogues(family, DType.FLOAT32);
        return family;
    }

    private static void fuse(Family family, String name, FusionKind kind, Consumer<Sketch> script) {
        family.program("fused " + name, Tolerance.PROGRAM, outer -> {
            Sketch inner = new Sketch();
            script.accept(inner);
            Program body = inner.program();
            List<Value> parameters = new ArrayList<>();
            for (int i = 0; i < inner.values().size(); i++) {
                parameters.add(outer.parameter(body.parameterTypes().get(i), inner.values().get(i)));
            }
            outer.result(outer.addAll(new Fusion(kind, body), parameters).toArray(Value[]::new));
        });
    }

    private static void loops(Family family, DType type, long rows, long columns) {
        String size = " over " + type + " [" + rows + ", " + columns + "]";
        fuse(family, "chain" + size, FusionKind.LOOP, sketch -> {
            Value x = sketch.parameter(type, Values.UNIT, rows, columns);
            Value bias = sketch.parameter(type, Values.UNIT, columns);
            Value column = sketch.parameter(type, Values.UNIT, rows, 1);
            Value scalar = sketch.parameter(type, Values.UNIT);
            Value sum = sketch.plus(sketch.times(sketch.plus(x, bias), column), scalar);
            sketch.result(sketch.unary(UnaryKind.TANH, sum), sketch.unary(UnaryKind.SIGMOID, sketch.times(sum, 0.5)));
        });
        fuse(family, "choice" + size, FusionKind.LOOP, sketch -> {
            Value x = sketch.parameter(type, Values.NORMAL, rows, columns);
            Value keep = sketch.parameter(DType.BOOL, Values.BOOLS, rows, 1);
            Value positive = sketch.compare(CompareKind.GT, x, sketch.constant(x, 0));
            Value chosen = sketch.select(keep, x, sketch.unary(UnaryKind.NEG, x));
            sketch.result(chosen, sketch.cast(positive, DType.INT32), sketch.binary(BinaryKind.AND, positive, keep));
        });
    }

    private static void rows(Family family, DType type, long rows, long columns) {
        String size = " over " + type + " [" + rows + ", " + columns + "]";
        fuse(family, "softmax" + size, FusionKind.ROW, sketch -> {
            Value x = sketch.parameter(type, Values.NORMAL, rows, columns);
            Value e = sketch.unary(UnaryKind.EXP, sketch.minus(x, sketch.kept(ReduceKind.MAX, x, 1)));
            sketch.result(sketch.over(e, sketch.kept(ReduceKind.SUM, e, 1)));
        });
        fuse(family, "layer normalisation" + size, FusionKind.ROW, sketch -> {
            Value x = sketch.parameter(type, Values.NORMAL, rows, columns);
            Value gamma = sketch.parameter(type, Values.UNIT, columns);
            Value beta = sketch.parameter(type, Values.UNIT, 1, columns);
            Value centred = sketch.minus(x, sketch.mean(x, 1));
            Value variance = sketch.mean(sketch.unary(UnaryKind.SQUARE, centred), 1);
            Value scale = sketch.unary(UnaryKind.RSQRT, sketch.plus(variance, 1e-3));
            sketch.result(sketch.plus(sketch.times(sketch.times(centred, scale), gamma), beta), scale);
        });
        fuse(family, "row extremes" + size, FusionKind.ROW, sketch -> {
            Value x = sketch.parameter(type, Values.uniform(0.97, 1.03), rows, columns);
            Value y = sketch.parameter(type, Values.UNIT, rows, 1);
            sketch.result(sketch.times(sketch.kept(ReduceKind.MIN, sketch.times(x, y), 1), y), sketch.kept(ReduceKind.PROD, x, 1));
        });
    }

    private static void columns(Family family, DType type, long rows, long columns) {
        String size = " over " + type + " [" + rows + ", " + columns + "]";
        fuse(family, "bias gradient" + size, FusionKind.COLUMN, sketch -> {
            Value x = sketch.parameter(type, Values.UNIT, rows, columns);
            Value y = sketch.parameter(type, Values.UNIT, rows, columns);
            Value mask = sketch.compare(CompareKind.GT, y, sketch.constant(y, 0));
            sketch.result(sketch.reduced(ReduceKind.SUM, sketch.select(mask, x, sketch.times(x, 0.1)), 0));
        });
        fuse(family, "moments" + size, FusionKind.COLUMN, sketch -> {
            Value x = sketch.parameter(type, Values.UNIT, 3, rows, columns);
            Value mean = sketch.parameter(type, Values.UNIT, columns);
            Value centred = sketch.minus(x, mean);
            Value square = sketch.unary(UnaryKind.SQUARE, centred);
            sketch.result(sketch.reduced(ReduceKind.SUM, centred, 0, 1), sketch.reduced(ReduceKind.SUM, square, 0, 1),
                    sketch.reduced(ReduceKind.MAX, square, 0, 1), sketch.reduced(ReduceKind.MIN, centred, 0, 1));
        });
        fuse(family, "inner axis" + size, FusionKind.COLUMN, sketch -> {
            Value x = sketch.parameter(type, Values.UNIT, rows, 7, columns);
            sketch.result(sketch.reduced(ReduceKind.SUM, sketch.unary(UnaryKind.ABS, x), 1));
        });
    }

    private static void epilogues(Family family, DType type) {
        for (long[] size : new long[][] {{1, 1, 1}, {17, 33, 9}, {32, 128, 64}, {0, 3, 4}}) {
            String name = " of " + type + " [" + size[0] + ", " + size[1] + ", " + size[2] + "]";
            fuse(family, "dense" + name, FusionKind.EPILOGUE, sketch -> {
                Value a = sketch.parameter(type, Values.UNIT, size[0], size[1]);
                Value b = sketch.parameter(type, Values.UNIT, size[1], size[2]);
                Value bias = sketch.parameter(type, Values.UNIT, size[2]);
                sketch.result(sketch.unary(UnaryKind.RELU, sketch.plus(sketch.matMul(a, b), bias)));
            });
            fuse(family, "dense residual" + name, FusionKind.EPILOGUE, sketch -> {
                Value a = sketch.parameter(type, Values.UNIT, size[0], size[1]);
                Value b = sketch.parameter(type, Values.UNIT, size[2], size[1]);
                Value bias = sketch.parameter(type, Values.UNIT, size[2]);
                Value residual = sketch.parameter(type, Values.UNIT, size[0], size[2]);
                Value product = sketch.add(new MatMul(false, true), a, b);
                Value sum = sketch.plus(sketch.times(sketch.plus(product, bias), 0.5), residual);
                sketch.result(sketch.unary(UnaryKind.TANH, sum));
            });
        }
        ConvSpec spec = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), 1);
        fuse(family, "convolution of " + type, FusionKind.EPILOGUE, sketch -> {
            Value x = sketch.parameter(type, Values.UNIT, 2, 8, 9, 5);
            Value kernel = sketch.parameter(type, Values.UNIT, 3, 3, 5, 6);
            Value bias = sketch.parameter(type, Values.UNIT, 6);
            Value residual = sketch.parameter(type, Values.UNIT, 2, 8, 9, 6);
            Value sum = sketch.plus(sketch.plus(sketch.add(new Conv(spec), x, kernel), bias), residual);
            sketch.result(sketch.unary(UnaryKind.RELU, sum));
        });
    }
}
