package dev.keratin.backend.reference;

import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import java.util.List;

/** The LSTM over a whole sequence, and its gradient. */
final class Lstm {
    private Lstm() {}

    static void register(Kernels kernels) {
        kernels.multiple(LstmSequence.class, Lstm::run);
        kernels.multiple(LstmSequenceGrad.class, Lstm::grad);
    }

    private static List<Tensor> run(LstmSequence op, List<Tensor> operands, Step step) {
        Tensor projected = operands.get(0);
        Sequence s = new Sequence(projected.dim(0), projected.dim(1), operands.get(1).dim(1), 4,
                op.masked() ? operands.get(4) : null);
        double[] h = operands.get(1).doubles.clone();
        double[] c = operands.get(2).doubles.clone();
        double[] allH = new double[s.batch() * s.time() * s.units()];
        double[] allC = new double[allH.length];
        double[] gates = projected.doubles.clone();
        s.forward((sequence, at) -> {
            double[] product = s.times(h, sequence * s.units(), operands.get(3).doubles);
            for (int unit = 0; unit < s.units(); unit++) {
                activate(gates, at * 4 * s.units() + unit, s.units(), product, unit);
                int state = sequence * s.units() + unit;
                if (!s.isSkipped(at)) {
                    advance(gates, at * 4 * s.units() + unit, s.units(), h, c, state);
                }
                allH[at * s.units() + unit] = h[state];
                allC[at * s.units() + unit] = c[state];
            }
        });
        return List.of(Tensor.ofDoubles(step.result(0), allH), Tensor.ofDoubles(step.result(1), allC),
                Tensor.ofDoubles(step.result(2), gates));
    }

    /** Turns the four sums of a unit, {@code units} apart, into i, f, g, o. */
    private static void activate(double[] gates, int first, int units, double[] product, int unit) {
        for (int gate = 0; gate < 4; gate++) {
            double sum = gates[first + gate * units] + product[gate * units + unit];
            gates[first + gate * units] = gate == 2 ? Math.tanh(sum) : MoreMath.sigmoid(sum);
        }
    }

    private static void advance(double[] gates, int first, int units, double[] h, double[] c, int state) {
        c[state] = gates[first + units] * c[state] + gates[first] * gates[first + 2 * units];
        h[state] = gates[first + 3 * units] * Math.tanh(c[state]);
    }

    private static List<Tensor> grad(LstmSequenceGrad op, List<Tensor> operands, Step step) {
        Tensor h0 = operands.get(0);
        double[] recurrent = operands.get(2).doubles;
        double[] c0 = operands.get(1).doubles;
        double[] c = operands.get(4).doubles;
        double[] gates = operands.get(5).doubles;
        Sequence s = new Sequence(h0.dim(0), operands.get(3).dim(1), h0.dim(1), 4, op.masked() ? operands.get(8) : null);
        double[] dh = new double[h0.size()];
        double[] dc = new double[h0.size()];
        double[] dz = new double[gates.length];
        s.backward((sequence, at) -> {
            for (int unit = 0; unit < s.units(); unit++) {
                int state = sequence * s.units() + unit;
                int place = at * s.units() + unit;
                dh[state] += operands.get(6).doubles[place];
                dc[state] += operands.get(7).doubles[place];
                if (!s.isSkipped(at)) {
                    double before = s.before(c0, c, sequence, at, unit);
                    retreat(gates, dz, at * 4 * s.units() + unit, s.units(), dh, dc, state, before, c[place]);
                }
            }
            if (!s.isSkipped(at)) {
                s.addTransposed(dz, at * 4 * s.units(), recurrent, dh, sequence * s.units());
            }
        });
        return List.of(Tensor.ofDoubles(step.result(0), dz), Tensor.ofDoubles(step.result(1), dh),
                Tensor.ofDoubles(step.result(2), dc));
    }

    /** Writes the gradients of the four sums of a unit; leaves those of the state before the step. */
    private static void retreat(double[] gates, double[] dz, int first, int units, double[] dh, double[] dc, int state,
            double before, double after) {
        double i = gates[first];
        double f = gates[first + units];
        double g = gates[first + 2 * units];
        double o = gates[first + 3 * units];
        double tanh = Math.tanh(after);
        double dAfter = dc[state] + dh[state] * o * (1 - tanh * tanh);
        dz[first] = dAfter * g * i * (1 - i);
        dz[first + units] = dAfter * before * f * (1 - f);
        dz[first + 2 * units] = dAfter * i * (1 - g * g);
        dz[first + 3 * units] = dh[state] * tanh * o * (1 - o);
        dc[state] = dAfter * f;
        dh[state] = 0;
    }
}
