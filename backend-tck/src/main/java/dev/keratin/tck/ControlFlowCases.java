package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.CustomGradient;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import java.util.List;

/** Cond, While and Scan, nested, empty, and with bodies that hand their arguments through. */
final class ControlFlowCases {
    private static final TensorType SCALAR = TensorType.of(DType.FLOAT32);
    private static final TensorType ROW = TensorType.of(DType.FLOAT32, 5);

    private ControlFlowCases() {}

    static Family family() {
        Family family = new Family("control flow");
        for (double predicate : new double[] {0, 1}) {
            family.program("cond of " + (predicate != 0), Tolerance.PROGRAM, sketch -> conds(sketch, predicate));
        }
        for (double limit : new double[] {0, 1, 100}) {
            family.program("while below " + limit, Tolerance.PROGRAM, sketch -> counts(sketch, limit));
        }
        family.program("while that swaps its states", Tolerance.BITS, ControlFlowCases::swaps);
        for (boolean reverse : new boolean[] {false, true}) {
            for (boolean carriesIn : new boolean[] {false, true}) {
                for (long length : new long[] {0, 1, 7, 100}) {
                    family.program("scan of " + length + (reverse ? " reversed" : "") + (carriesIn ? " with carries" : ""),
                            Tolerance.PROGRAM, sketch -> recurrence(sketch, length, reverse, carriesIn));
                }
            }
        }
        family.program("scan without sequences", Tolerance.PROGRAM, ControlFlowCases::powers);
        family.program("scan without carries", Tolerance.PROGRAM, ControlFlowCases::map);
        family.program("scan that hands its arguments through", Tolerance.BITS, ControlFlowCases::through);
        family.program("scan of int64 counters", Tolerance.EXACT, ControlFlowCases::counters);
        family.program("scan with a while with a cond in it", Tolerance.PROGRAM, ControlFlowCases::nested);
        family.program("custom gradient", Tolerance.BITS, ControlFlowCases::customGradient);
        return family;
    }

    private static void customGradient(Sketch sketch) {
        Program gradient = Sketch.body(body -> {
            Value given = body.parameter(ROW, Values.NORMAL);
            body.parameter(ROW, Values.NORMAL);
            body.result(body.times(given, body.parameter(ROW, Values.NORMAL)));
        });
        Value x = sketch.normal(5);
        List<Value> results = sketch.addAll(new CustomGradient(gradient, 2, 1), List.of(sketch.normal(5), x, sketch.normal(5), x));
        sketch.result(sketch.plus(results.get(0), results.get(1)), results.get(1));
    }

    private static void conds(Sketch sketch, double predicate) {
        Value condition = sketch.parameter(DType.BOOL, Values.of(predicate));
        Value x = sketch.normal(5);
        Value y = sketch.normal(5);
        Program first = Sketch.body(body -> {
            Value a = body.parameter(ROW, Values.NORMAL);
            Value b = body.parameter(ROW, Values.NORMAL);
            body.result(body.plus(a, b), a, a);
        });
        Program second = Sketch.body(body -> {
            Value a = body.parameter(ROW, Values.NORMAL);
            Value b = body.parameter(ROW, Values.NORMAL);
            body.result(b, body.times(a, b), body.unary(UnaryKind.NEG, a));
        });
        List<Value> results = sketch.addAll(new Cond(first, second), List.of(condition, x, y));
        sketch.result(results.toArray(Value[]::new));
        sketch.result(sketch.plus(results.get(0), results.get(2)), x);
    }

    private static Program below() {
        return Sketch.body(condition -> {
            Value sum = condition.parameter(SCALAR, Values.NORMAL);
            condition.parameter(ROW, Values.NORMAL);
            Value limit = condition.parameter(SCALAR, Values.NORMAL);
            condition.result(condition.compare(CompareKind.LT, sum, limit));
        });
    }

    private static void counts(Sketch sketch, double limit) {
        Program step = Sketch.body(body -> {
            Value sum = body.parameter(SCALAR, Values.NORMAL);
            Value row = body.parameter(ROW, Values.NORMAL);
            Value top = body.parameter(SCALAR, Values.NORMAL);
            body.result(body.plus(sum, 1), body.plus(body.times(row, 0.5), sum), top);
        });
        List<Value> results = sketch.addAll(new While(below(), step),
                List.of(sketch.parameter(SCALAR, Values.of(0)), sketch.normal(5), sketch.parameter(SCALAR, Values.of(limit))));
        sketch.result(results.toArray(Value[]::new));
    }

    private static void swaps(Sketch sketch) {
        TensorType counter = TensorType.of(DType.INT32);
        Program more = Sketch.body(condition -> {
            Value count = condition.parameter(counter, Values.FEW);
            condition.parameter(ROW, Values.NORMAL);
            condition.parameter(ROW, Values.NORMAL);
            condition.result(condition.compare(CompareKind.LT, count, condition.constant(count, 7)));
        });
        Program swap = Sketch.body(body -> {
            Value count = body.parameter(counter, Values.FEW);
            Value a = body.parameter(ROW, Values.NORMAL);
            Value b = body.parameter(ROW, Values.NORMAL);
            body.result(body.plus(count, 1), b, a);
        });
        List<Value> results = sketch.addAll(new While(more, swap),
                List.of(sketch.parameter(counter, Values.of(0)), sketch.normal(5), sketch.normal(5)));
        sketch.result(results.toArray(Value[]::new));
    }

    private static void recurrence(Sketch sketch, long length, boolean reverse, boolean carriesIn) {
        Program cell = Sketch.body(body -> {
            Value state = body.parameter(TensorType.of(DType.FLOAT32, 3, 4), Values.NORMAL);
            Value other = body.parameter(SCALAR, Values.NORMAL);
            Value input = body.parameter(TensorType.of(DType.FLOAT32, 3, 4), Values.NORMAL);
            Value keep = body.parameter(TensorType.of(DType.BOOL, 3, 1), Values.BOOLS);
            Value weights = body.parameter(TensorType.of(DType.FLOAT32, 4, 4), Values.NORMAL);
            Value next = body.unary(UnaryKind.TANH, body.plus(body.matMul(state, weights), input));
            Value kept = body.select(keep, next, state);
            body.result(kept, body.plus(other, body.reduced(ReduceKind.SUM, kept, 0, 1)), next, other);
        });
        List<Value> results = sketch.addAll(new Scan(cell, 2, 2, length, reverse, carriesIn), List.of(sketch.normal(3, 4),
                sketch.parameter(SCALAR, Values.of(0.5)), sketch.normal(length, 3, 4),
                sketch.parameter(DType.BOOL, Values.BOOLS, length, 3, 1),
                sketch.parameter(DType.FLOAT32, Values.uniform(-0.3, 0.3), 4, 4)));
        sketch.result(results.toArray(Value[]::new));
    }

    private static void powers(Sketch sketch) {
        Program twice = Sketch.body(body -> {
            Value x = body.parameter(ROW, Values.NORMAL);
            Value doubled = body.times(x, 2);
            body.result(doubled, doubled, x);
        });
        sketch.result(sketch.addAll(new Scan(twice, 1, 0, 6, false, false), List.of(sketch.normal(5))).toArray(Value[]::new));
    }

    private static void map(Sketch sketch) {
        Program square = Sketch.body(body -> {
            Value x = body.parameter(ROW, Values.NORMAL);
            Value bias = body.parameter(ROW, Values.NORMAL);
            body.result(body.plus(body.times(x, x), bias), body.reduced(ReduceKind.MAX, x, 0));
        });
        sketch.result(sketch.addAll(new Scan(square, 0, 1, 9, true, true), List.of(sketch.normal(9, 5), sketch.normal(5)))
                .toArray(Value[]::new));
    }

    private static void through(Sketch sketch) {
        Program swap = Sketch.body(body -> {
            Value a = body.parameter(ROW, Values.NORMAL);
            Value b = body.parameter(ROW, Values.NORMAL);
            Value x = body.parameter(ROW, Values.NORMAL);
            Value constant = body.parameter(ROW, Values.NORMAL);
            body.result(b, x, a, constant, x, x);
        });
        sketch.result(sketch.addAll(new Scan(swap, 2, 1, 5, false, true),
                List.of(sketch.normal(5), sketch.normal(5), sketch.normal(5, 5), sketch.normal(5))).toArray(Value[]::new));
    }

    private static void counters(Sketch sketch) {
        TensorType counter = TensorType.of(DType.INT64);
        Program count = Sketch.body(body -> {
            Value n = body.parameter(counter, Values.FEW);
            Value step = body.parameter(counter, Values.FEW);
            body.result(body.plus(n, step), body.cast(body.times(n, n), DType.FLOAT64));
        });
        sketch.result(sketch.addAll(new Scan(count, 1, 1, 12, false, false), List.of(
                sketch.parameter(counter, Values.byPlace(i -> 1L << 40)), sketch.parameter(DType.INT64, Values.byPlace(i -> i), 12)))
                .toArray(Value[]::new));
    }

    private static void nested(Sketch sketch) {
        Program increase = Sketch.body(body -> {
            Value x = body.parameter(SCALAR, Values.NORMAL);
            body.result(body.plus(x, 2));
        });
        Program triple = Sketch.body(body -> {
            Value x = body.parameter(SCALAR, Values.NORMAL);
            body.result(body.plus(body.times(x, 3), 1));
        });
        Program grow = Sketch.body(body -> {
            Value x = body.parameter(SCALAR, Values.NORMAL);
            Value limit = body.parameter(SCALAR, Values.NORMAL);
            Value small = body.compare(CompareKind.LT, x, body.constant(x, 10));
            body.result(body.addAll(new Cond(increase, triple), List.of(small, x)).get(0), limit);
        });
        Program below = Sketch.body(body -> {
            Value x = body.parameter(SCALAR, Values.NORMAL);
            Value limit = body.parameter(SCALAR, Values.NORMAL);
            body.result(body.compare(CompareKind.LT, x, limit));
        });
        Program each = Sketch.body(body -> {
            Value total = body.parameter(SCALAR, Values.NORMAL);
            Value limit = body.parameter(SCALAR, Values.NORMAL);
            List<Value> grown = body.addAll(new While(below, grow), List.of(body.constant(limit, 0), limit));
            body.result(body.binary(BinaryKind.ADD, total, grown.get(0)), grown.get(0));
        });
        sketch.result(sketch.addAll(new Scan(each, 1, 1, 4, false, false),
                List.of(sketch.parameter(SCALAR, Values.of(0)), sketch.parameter(DType.FLOAT32, Values.of(0, 5, 11, 100), 4)))
                .toArray(Value[]::new));
    }
}
