package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.initializers.Initializer;
import java.util.List;

/**
 * A step of {@link LSTM}. With z = input * kernel + bias + h * recurrentKernel, split into i, f, c, o: {@code c' =
 * recurrentActivation(f) * c + recurrentActivation(i) * activation(c)}, {@code h' = recurrentActivation(o) *
 * activation(c')}.
 *
 * <p>States h and c [batch, units]. Kernel [features, 4 * units], recurrent kernel [units, 4 * units], bias [4 * units].
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/lstm_cell/">Keras: LSTMCell</a>
 */
public final class LSTMCell extends UnitsCell<LSTMCell> implements GatedOptions<LSTMCell> {
    private boolean unitForgetBias = true;

    /**
     * A cell.
     *
     * @param units the length of states and output, at least 1
     */
    public LSTMCell(int units) {
        super(new CellSettings("LSTMCell", units, true), 4);
    }

    static LSTMCell from(ObjectNode config) {
        return new LSTMCell(CellSettings.units(config)).configureCell(config)
                .unitForgetBias(Json.bool(config, "unit_forget_bias", true));
    }

    /** Whether the bias of the forget gate starts at 1; true by default. */
    public LSTMCell unitForgetBias(boolean ones) {
        unitForgetBias = ones;
        return this;
    }

    boolean isUnitForgetBias() {
        return unitForgetBias;
    }

    @Override
    public List<Integer> stateSizes() {
        return List.of(units(), units());
    }

    @Override
    Initializer biasStart() {
        return unitForgetBias ? new ForgetBias(settings().biasInitializer) : settings().biasInitializer;
    }

    @Override
    List<Tensor> advance(Tensor prepared, List<Tensor> states, List<Tensor> drawn) {
        List<Tensor> z = split(Ops.add(prepared, recurrentGates(states.get(0), 4, drawn)));
        CellSettings s = settings();
        Tensor fresh = Ops.multiply(s.recurrentActivation.call(z.get(0)), s.activation.call(z.get(2)));
        Tensor c = Ops.add(Ops.multiply(s.recurrentActivation.call(z.get(1)), states.get(1)), fresh);
        Tensor h = Ops.multiply(s.recurrentActivation.call(z.get(3)), s.activation.call(c));
        return List.of(h, h, c);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("unit_forget_bias", unitForgetBias);
    }
}
