package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** LSTM and GRU over sequences, with and without a mask, and their gradients. */
final class RecurrentCases {
    /** States are fed back many times, and 16-bit ones are rounded in between or not. */
    private static final Tolerance SEQUENCE = new Tolerance(128, 128, false);

    private RecurrentCases() {}

    static Family family() {
        Family family = new Family("recurrent");
        for (boolean masked : new boolean[] {false, true}) {
            for (DType type : Types.floating()) {
                both(family, type, masked, 2, 5, 3);
            }
            for (long[] size : new long[][] {{1, 1, 1}, {3, 1, 17}, {3, 17, 16}, {16, 30, 32}, {0, 3, 2}, {2, 0, 3}}) {
                both(family, DType.FLOAT32, masked, size[0], size[1], size[2]);
            }
        }
        return family;
    }

    private static void both(Family family, DType type, boolean masked, long batch, long time, long units) {
        String sizes = " of " + type + " batch " + batch + " time " + time + " units " + units + (masked ? " masked" : "");
        family.program("lstm" + sizes, SEQUENCE, sketch -> lstm(sketch, type, masked, batch, time, units));
        family.program("gru" + sizes, SEQUENCE, sketch -> gru(sketch, type, masked, batch, time, units));
    }

    private static void lstm(Sketch sketch, DType type, boolean masked, long batch, long time, long units) {
        Value projected = sketch.parameter(type, Values.NORMAL, batch, time, 4 * units);
        Value h0 = sketch.parameter(type, Values.UNIT, batch, units);
        Value c0 = sketch.parameter(type, Values.UNIT, batch, units);
        Value recurrent = sketch.parameter(type, Values.uniform(-0.3, 0.3), units, 4 * units);
        Value dh = sketch.parameter(type, Values.UNIT, batch, time, units);
        Value dc = sketch.parameter(type, Values.UNIT, batch, time, units);
        Value mask = sketch.parameter(DType.BOOL, Values.BOOLS, batch, time);
        List<Value> out = run(sketch, new LstmSequence(masked), masked, mask, projected, h0, c0, recurrent);
        List<Value> gradients = run(sketch, new LstmSequenceGrad(masked), masked, mask, h0, c0, recurrent, out.get(0), out.get(1),
                out.get(2), dh, dc);
        finish(sketch, masked, out, gradients);
    }

    private static void gru(Sketch sketch, DType type, boolean masked, long batch, long time, long units) {
        Value projected = sketch.parameter(type, Values.NORMAL, batch, time, 3 * units);
        Value h0 = sketch.parameter(type, Values.UNIT, batch, units);
        Value recurrent = sketch.parameter(type, Values.uniform(-0.3, 0.3), units, 3 * units);
        Value bias = sketch.parameter(type, Values.UNIT, 3 * units);
        Value dh = sketch.parameter(type, Values.UNIT, batch, time, units);
        Value mask = sketch.parameter(DType.BOOL, Values.BOOLS, batch, time);
        List<Value> out = run(sketch, new GruSequence(masked), masked, mask, projected, h0, recurrent, bias);
        List<Value> gradients = run(sketch, new GruSequenceGrad(masked), masked, mask, h0, recurrent, out.get(0), out.get(1), dh);
        finish(sketch, masked, out, gradients);
    }

    private static List<Value> run(Sketch sketch, Op op, boolean masked, Value mask, Value... operands) {
        List<Value> all = new ArrayList<>(List.of(operands));
        if (masked) {
            all.add(mask);
        }
        return sketch.addAll(op, all);
    }

    /** The gates of a step that the mask leaves out are nobody's business. */
    private static void finish(Sketch sketch, boolean masked, List<Value> out, List<Value> gradients) {
        int shown = masked ? out.size() - 1 : out.size();
        sketch.result(out.subList(0, shown).toArray(Value[]::new));
        sketch.result(gradients.toArray(Value[]::new));
    }
}
