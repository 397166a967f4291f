package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A recurrent layer whose output is its state: {@code h' = activation(x * kernel + bias + h * recurrentKernel)}.
 *
 * <p>Input [batch, time, features], output [batch, units] or [batch, time, units]; state [batch, units]. For the weights see
 * {@link SimpleRNNCell}, for masks {@link Recurrent}.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/simple_rnn/">Keras: SimpleRNN</a>
 */
public final class SimpleRNN extends UnitsRecurrent<SimpleRNN, SimpleRNNCell> {
    /**
     * A layer.
     *
     * @param units the length of state and output, at least 1
     */
    public SimpleRNN(int units) {
        super(new SimpleRNNCell(units));
    }

    static SimpleRNN from(ObjectNode config) {
        return new SimpleRNN(CellSettings.units(config)).configureUnits(config);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.remove("seed");
        return config;
    }
}
