package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.ir.LstmSequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997).
 *
 * <p>Input [batch, time, features], output [batch, units] or [batch, time, units]; states h and c [batch, units]. For the
 * formula and the weights see {@link LSTMCell}, for masks {@link Recurrent}. With the default activations and no recurrent
 * dropout the whole sequence is one op of the backend.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/lstm/">Keras: LSTM</a>
 */
public final class LSTM extends UnitsRecurrent<LSTM, LSTMCell> implements MemoryOptions<LSTM> {
    /**
     * A layer.
     *
     * @param units the length of states and output, at least 1
     */
    public LSTM(int units) {
        super(new LSTMCell(units));
    }

    static LSTM from(ObjectNode config) {
        return new LSTM(CellSettings.units(config)).configureUnits(config);
    }

    @Override
    @Nullable Run whole(Tensor sequence, List<Tensor> initial, @Nullable Tensor mask, List<Tensor> drawn) {
        if (!settings().standard()) {
            return null;
        }
        List<Tensor> operands = new ArrayList<>();
        operands.add(cell().prepare(sequence, drawn));
        operands.addAll(initial);
        operands.add(value(cell().recurrentKernel()));
        if (mask != null) {
            operands.add(mask);
        }
        List<Tensor> results = Ops.apply(new LstmSequence(mask != null), operands);
        Tensor h = Ops.take(results.get(0), -1, 1);
        return new Run(results.get(0), h, List.of(h, Ops.take(results.get(1), -1, 1)));
    }
}
