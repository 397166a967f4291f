package dev.keratin.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * LSTM and GRU against Keras 3.15.1 (TensorFlow backend, float64, {@code return_sequences=True}), their gradients against
 * finite differences. The inputs of Keras's layers, of 2 features and units, follow the formula of {@link #golden};
 * projected is what its kernel and (input) bias make of them.
 */
final class RecurrentTest {
    /** The golden values are printed to 15 places. */
    private static final double GOLDEN = 1e-13;
    /** Central differences with a step of 1e-5 in float64. */
    private static final double DIFFERENCES = 1e-8;
    private static final double STEP = 1e-5;

    private static final double[] LSTM_PROJECTED = {
        1.12, -1.4, -0.84, 1.04, -0.6, -0.92, 0.96, -0.68, 0.76, -1.4, -0.48, 0.44, 0.48, -0.8, 0.12, 0.16,
        0.84, 0.8, -1.0, 0.72, -0.64, -1.12, 0.6, -0.76, 0.48, 0.8, -0.64, 0.12, 0.44, -1.0, -0.24, 0.08, 1.0,
        -1.4, -0.72, 0.84, -0.24, -0.88, 0.68, -0.4, 1.08, 0.8, -1.24, 1.12, -1.36, -1.2, 1.16, -1.32};
    private static final double[] LSTM_H = {
        0.11097465036916, -0.293482577989012, 0.194882671404358, -0.257175615072227, -0.179769587986727,
        -0.229257400119066, 0.205493718678911, -0.203291877384438, -0.018742014302038, -0.160601086261611,
        -0.423908184609902, -0.173956351888249};
    private static final double[] LSTM_C = {
        -0.29023442612855, -0.895662231520441, -0.627459424689901, -0.941697374092421};
    private static final double[] LSTM_MASKED = {
        0.11097465036916, -0.293482577989012, 0.194882671404358, -0.257175615072227, 0.194882671404358,
        -0.257175615072227, 0.205493718678911, -0.203291877384438, 0.205493718678911, -0.203291877384438,
        -0.370580855941124, -0.1457285489856};
    private static final double[] LSTM_MASKED_C = {
        0.39028660041059, -0.485710584733016, -0.538203431518845, -0.897629072873351};
    private static final double[] GRU_PROJECTED = {
        0.88, -0.76, -1.08, 0.8, -0.84, -1.16, 0.16, 0.2, -1.08, -0.16, -0.12, -1.4, 1.2, -0.16, -0.64, 1.08,
        -0.28, -0.76, 0.48, 0.8, -0.64, 0.12, 0.44, -1.0, 0.64, -0.44, -1.08, 0.48, -0.6, -1.24, 1.68, -0.8,
        -0.64, 1.72, -0.76, -0.6};
    private static final double[] GRU_H = {
        -0.427383756717155, -0.976396285912846, -0.250611340845272, -0.971197974799719, -0.28264135440754,
        -0.94828033673601, 0.357169841209868, -0.468185795033475, -0.116972795076161, -0.630333938373655,
        -0.264748255736035, -0.684915367924902};
    private static final double[] GRU_MASKED = {
        -0.427383756717155, -0.976396285912846, -0.250611340845272, -0.971197974799719, -0.250611340845272,
        -0.971197974799719, 0.357169841209868, -0.468185795033475, 0.357169841209868, -0.468185795033475,
        0.081212157576383, -0.563204213898137};

    private final Tensor mask = Eval.whole(TensorType.of(DType.BOOL, 2, 3), 1, 1, 0, 1, 0, 1);

    private static Tensor golden(int offset, long... dims) {
        Tensor tensor = Tensor.zeros(TensorType.of(DType.FLOAT64, dims));
        for (int i = 0; i < tensor.doubles.length; i++) {
            tensor.doubles[i] = ((i * 7 + offset * 3) % 11 - 5) / 5.0;
        }
        return tensor;
    }

    private static void requireNear(Tensor actual, double... expected) {
        assertThat(actual.doubles).usingComparatorWithPrecision(GOLDEN).containsExactly(expected);
    }

    private static double[] lastSteps(Tensor sequence) {
        return new double[] {sequence.doubles[4], sequence.doubles[5], sequence.doubles[10], sequence.doubles[11]};
    }

    private Tensor[] lstmInputs(boolean masked) {
        Tensor[] inputs = {Eval.floats(TensorType.of(DType.FLOAT64, 2, 3, 8), LSTM_PROJECTED),
            golden(5, 2, 2), golden(6, 2, 2), golden(2, 2, 8)};
        return masked ? with(inputs, mask) : inputs;
    }

    private Tensor[] gruInputs(boolean masked) {
        Tensor[] inputs = {Eval.floats(TensorType.of(DType.FLOAT64, 2, 3, 6), GRU_PROJECTED),
            golden(5, 2, 2), golden(2, 2, 6), golden(4, 6)};
        return masked ? with(inputs, mask) : inputs;
    }

    private static Tensor[] with(Tensor[] inputs, Tensor... more) {
        List<Tensor> all = new ArrayList<>(Arrays.asList(inputs));
        all.addAll(Arrays.asList(more));
        return all.toArray(Tensor[]::new);
    }

    @Test
    void lstm_withAndWithoutMask_isThatOfKeras() {
        List<Tensor> plain = Eval.all(new LstmSequence(false), lstmInputs(false));
        requireNear(plain.get(0), LSTM_H);
        assertThat(lastSteps(plain.get(1))).usingComparatorWithPrecision(GOLDEN).containsExactly(LSTM_C);
        List<Tensor> masked = Eval.all(new LstmSequence(true), lstmInputs(true));
        requireNear(masked.get(0), LSTM_MASKED);
        assertThat(lastSteps(masked.get(1))).usingComparatorWithPrecision(GOLDEN).containsExactly(LSTM_MASKED_C);
    }

    @Test
    void gru_withAndWithoutMask_isThatOfKeras() {
        requireNear(Eval.one(new GruSequence(false), gruInputs(false)), GRU_H);
        requireNear(Eval.one(new GruSequence(true), gruInputs(true)), GRU_MASKED);
    }

    @Test
    void lstmGrad_everyOperand_isTheFiniteDifference() {
        for (boolean masked : new boolean[] {false, true}) {
            Tensor[] in = lstmInputs(masked);
            Tensor dh = golden(1, 2, 3, 2);
            Tensor dc = golden(8, 2, 3, 2);
            List<Tensor> out = Eval.all(new LstmSequence(masked), in);
            Tensor[] operands = {in[1], in[2], in[3], out.get(0), out.get(1), out.get(2), dh, dc};
            List<Tensor> gradients = Eval.all(new LstmSequenceGrad(masked), masked ? with(operands, mask) : operands);
            List<Tensor> seeds = List.of(dh, dc);
            requireSlope(new LstmSequence(masked), in, 0, seeds, gradients.get(0).doubles);
            requireSlope(new LstmSequence(masked), in, 1, seeds, gradients.get(1).doubles);
            requireSlope(new LstmSequence(masked), in, 2, seeds, gradients.get(2).doubles);
            requireSlope(new LstmSequence(masked), in, 3, seeds, recurrent(in[1], out.get(0), gradients.get(0)));
        }
    }

    @Test
    void gruGrad_everyOperand_isTheFiniteDifference() {
        for (boolean masked : new boolean[] {false, true}) {
            Tensor[] in = gruInputs(masked);
            Tensor dh = golden(1, 2, 3, 2);
            List<Tensor> out = Eval.all(new GruSequence(masked), in);
            Tensor[] operands = {in[1], in[2], out.get(0), out.get(1), dh};
            List<Tensor> gradients = Eval.all(new GruSequenceGrad(masked), masked ? with(operands, mask) : operands);
            requireSlope(new GruSequence(masked), in, 0, List.of(dh), gradients.get(0).doubles);
            requireSlope(new GruSequence(masked), in, 1, List.of(dh), gradients.get(2).doubles);
            requireSlope(new GruSequence(masked), in, 2, List.of(dh), recurrent(in[1], out.get(0), gradients.get(1)));
        }
    }

    /** The gradient of the recurrent matrix: the states before each step, transposed, times the gradients of the products. */
    private static double[] recurrent(Tensor h0, Tensor h, Tensor products) {
        int width = products.dim(2);
        double[] result = new double[2 * width];
        for (int at = 0; at < 6; at++) {
            for (int unit = 0; unit < 2; unit++) {
                double before = at % 3 == 0 ? h0.doubles[at / 3 * 2 + unit] : h.doubles[(at - 1) * 2 + unit];
                for (int column = 0; column < width; column++) {
                    result[unit * width + column] += before * products.doubles[at * width + column];
                }
            }
        }
        return result;
    }

    private static void requireSlope(Op op, Tensor[] inputs, int operand, List<Tensor> seeds, double[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            double slope = (loss(op, inputs, operand, i, STEP, seeds) - loss(op, inputs, operand, i, -STEP, seeds)) / (2 * STEP);
            assertThat(gradient[i]).as("%s operand %d element %d", op, operand, i).isCloseTo(slope, within(DIFFERENCES));
        }
    }

    private static double loss(Op op, Tensor[] inputs, int operand, int element, double step, List<Tensor> seeds) {
        Tensor[] moved = inputs.clone();
        double[] values = inputs[operand].doubles.clone();
        values[element] += step;
        moved[operand] = Eval.floats(inputs[operand].type, values);
        List<Tensor> results = Eval.all(op, moved);
        double loss = 0;
        for (int i = 0; i < seeds.size(); i++) {
            loss += Eval.dot(results.get(i), seeds.get(i));
        }
        return loss;
    }
}
