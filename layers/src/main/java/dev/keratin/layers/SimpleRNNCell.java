package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;

/**
 * A step of {@link SimpleRNN}: {@code activation(input * kernel + bias + state * recurrentKernel)}.
 *
 * <p>Kernel [features, units], recurrent kernel [units, units], bias [units].
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/simple_rnn_cell/">Keras: SimpleRNNCell</a>
 */
public final class SimpleRNNCell extends UnitsCell<SimpleRNNCell> {
    /**
     * A cell.
     *
     * @param units the length of state and output, at least 1
     */
    public SimpleRNNCell(int units) {
        super(new CellSettings("SimpleRNNCell", units, 1));
    }

    static SimpleRNNCell from(ObjectNode config) {
        return new SimpleRNNCell(CellSettings.units(config)).configureCell(config);
    }

    @Override
    List<Tensor> advance(Tensor prepared, List<Tensor> states, List<Tensor> drawn) {
        Tensor output = settings().activation.call(Ops.add(prepared, recurrentGates(states.get(0), 1, drawn)));
        return List.of(output, output);
    }
}
