package dev.keratin.backend.reference;

import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import java.util.List;

/** The GRU over a whole sequence, and its gradient. */
final class Gru {
    private Gru() {}

    static void register(Kernels kernels) {
        kernels.multiple(GruSequence.class, Gru::run);
        kernels.multiple(GruSequenceGrad.class, Gru::grad);
    }

    private static List<Tensor> run(GruSequence op, List<Tensor> operands, Step step) {
        double[] projected = operands.get(0).doubles;
        double[] bias = operands.get(3).doubles;
        Sequence s = new Sequence(operands.get(0).dim(0), operands.get(0).dim(1), operands.get(1).dim(1), 3,
                op.masked() ? operands.get(4) : null);
        int units = s.units();
        double[] h = operands.get(1).doubles.clone();
        double[] all = new double[s.batch() * s.time() * units];
        double[] gates = new double[4 * all.length];
        s.forward((sequence, at) -> {
            double[] product = s.times(h, sequence * units, operands.get(2).doubles);
            MatrixProduct.addMultiple(1, bias, 0, product, 0, bias.length);
            for (int unit = 0; unit < units; unit++) {
                int first = at * 4 * units + unit;
                activate(projected, at * 3 * units + unit, product, unit, gates, first, units);
                int state = sequence * units + unit;
                if (!s.isSkipped(at)) {
                    h[state] = gates[first] * h[state] + (1 - gates[first]) * gates[first + 2 * units];
                }
                all[at * units + unit] = h[state];
            }
        });
        return List.of(Tensor.ofDoubles(step.result(0), all), Tensor.ofDoubles(step.result(1), gates));
    }

    /** Writes z, r, n and r_n of a unit, {@code units} apart. */
    private static void activate(double[] projected, int from, double[] product, int unit, double[] gates, int to, int units) {
        double z = MoreMath.sigmoid(projected[from] + product[unit]);
        double r = MoreMath.sigmoid(projected[from + units] + product[units + unit]);
        gates[to] = z;
        gates[to + units] = r;
        gates[to + 2 * units] = Math.tanh(projected[from + 2 * units] + r * product[2 * units + unit]);
        gates[to + 3 * units] = product[2 * units + unit];
    }

    private static List<Tensor> grad(GruSequenceGrad op, List<Tensor> operands, Step step) {
        Tensor h0 = operands.get(0);
        double[] gates = operands.get(3).doubles;
        Sequence s = new Sequence(h0.dim(0), operands.get(2).dim(1), h0.dim(1), 3, op.masked() ? operands.get(5) : null);
        int units = s.units();
        double[] dh = new double[h0.size()];
        double[] dx = new double[s.batch() * s.time() * 3 * units];
        double[] dr = new double[dx.length];
        s.backward((sequence, at) -> {
            for (int unit = 0; unit < units; unit++) {
                int state = sequence * units + unit;
                dh[state] += operands.get(4).doubles[at * units + unit];
                if (!s.isSkipped(at)) {
                    double before = s.before(h0.doubles, operands.get(2).doubles, sequence, at, unit);
                    retreat(gates, at * 4 * units + unit, units, before, dh[state], dx, dr, at * 3 * units + unit);
                    dh[state] *= gates[at * 4 * units + unit];
                }
            }
            if (!s.isSkipped(at)) {
                s.addTransposed(dr, at * 3 * units, operands.get(1).doubles, dh, sequence * units);
            }
        });
        return List.of(Tensor.ofDoubles(step.result(0), dx), Tensor.ofDoubles(step.result(1), dr),
                Tensor.ofDoubles(step.result(2), dh));
    }

    /** Writes the gradients of the three sums of a unit, and of their recurrent parts. */
    private static void retreat(double[] gates, int first, int units, double before, double dh, double[] dx, double[] dr,
            int to) {
        double z = gates[first];
        double r = gates[first + units];
        double n = gates[first + 2 * units];
        double dn = dh * (1 - z) * (1 - n * n);
        dx[to] = dh * (before - n) * z * (1 - z);
        dx[to + units] = dn * gates[first + 3 * units] * r * (1 - r);
        dx[to + 2 * units] = dn;
        dr[to] = dx[to];
        dr[to + units] = dx[to + units];
        dr[to + 2 * units] = dn * r;
    }
}
