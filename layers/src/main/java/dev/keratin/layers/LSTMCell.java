package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.Shape;

/**
 * A step of {@link LSTM}. With z = input * kernel + bias + h * recurrentKernel, split into i, f, c, o: {@code c' =
 * recurrentActivation(f) * c + recurrentActivation(i) * activation(c)}, {@code h' = recurrentActivation(o) *
 * activation(c')}.
 *
 * <p>States h and c [batch, units]. Kernel [features, 4 * units], recurrent kernel [units, 4 * units], bias [4 * units].
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/lstm_cell/">Keras: LSTMCell</a>
 */
public final class LSTMCell extends MemoryCell<LSTMCell> {
    /**
     * A cell.
     *
     * @param units the length of states and output, at least 1
     */
    public LSTMCell(int units) {
        super(new CellSettings("LSTMCell", units, 4));
    }

    static LSTMCell from(ObjectNode config) {
        return new LSTMCell(CellSettings.units(config)).configureCell(config);
    }

    @Override
    Shape stateShape() {
        return Shape.of(units());
    }
}
