package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrentTest {
    private static final DType[] TYPES = {DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16, DType.FLOAT16};

    @ParameterizedTest
    @CsvSource({"3, 4, 5", "1, 1, 1", "17, 3, 16", "5, 2, 33", "13, 2, 64", "0, 3, 4"})
    void lstm_everyType_agreesWithItsGradient(long batch, long time, long units) {
        for (DType dtype : TYPES) {
            TensorType state = TensorType.of(dtype, batch, units);
            TensorType sequence = TensorType.of(dtype, batch, time, units);
            TensorType sums = TensorType.of(dtype, batch, time, 4 * units);
            TensorType recurrent = TensorType.of(dtype, units, 4 * units);
            for (boolean masked : new boolean[] {false, true}) {
                Agreement.check(new LstmSequence(masked), with(masked, batch, time, sums, state, state, recurrent));
                Agreement.check(new LstmSequenceGrad(masked),
                        with(masked, batch, time, state, state, recurrent, sequence, sequence, sums, sequence, sequence));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 4, 5", "1, 1, 1", "17, 3, 16", "5, 2, 33", "13, 2, 64", "0, 3, 4"})
    void gru_everyType_agreesWithItsGradient(long batch, long time, long units) {
        for (DType dtype : TYPES) {
            TensorType state = TensorType.of(dtype, batch, units);
            TensorType sequence = TensorType.of(dtype, batch, time, units);
            TensorType sums = TensorType.of(dtype, batch, time, 3 * units);
            TensorType gates = TensorType.of(dtype, batch, time, 4 * units);
            TensorType recurrent = TensorType.of(dtype, units, 3 * units);
            for (boolean masked : new boolean[] {false, true}) {
                Agreement.check(new GruSequence(masked),
                        with(masked, batch, time, sums, state, recurrent, TensorType.of(dtype, 3 * units)));
                Agreement.check(new GruSequenceGrad(masked),
                        with(masked, batch, time, state, recurrent, sequence, gates, sequence));
            }
        }
    }

    private static TensorType[] with(boolean masked, long batch, long time, TensorType... operands) {
        List<TensorType> all = new ArrayList<>(List.of(operands));
        if (masked) {
            all.add(TensorType.of(DType.BOOL, batch, time));
        }
        return all.toArray(TensorType[]::new);
    }
}
