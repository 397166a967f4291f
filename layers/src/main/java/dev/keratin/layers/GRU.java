package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gated recurrent units (Cho et al., 2014).
 *
 * <p>Input [batch, time, features], output [batch, units] or [batch, time, units]; state [batch, units]. For the formula
 * and the weights see {@link GRUCell}, for masks {@link Recurrent}. With the default activations, {@link #resetAfter} and
 * no recurrent dropout the whole sequence is one op of the backend.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/gru/">Keras: GRU</a>
 */
public final class GRU extends UnitsRecurrent<GRU, GRUCell> implements GatedOptions<GRU> {
    /**
     * A layer.
     *
     * @param units the length of state and output, at least 1
     */
    public GRU(int units) {
        super(new GRUCell(units));
    }

    static GRU from(ObjectNode config) {
        return new GRU(CellSettings.units(config)).configureUnits(config)
                .resetAfter(Json.bool(config, "reset_after", true));
    }

    /** Whether the reset gate comes after the product with the recurrent kernel; true by default. */
    public GRU resetAfter(boolean after) {
        cell().resetAfter(after);
        return this;
    }

    @Override
    @Nullable Run whole(Tensor sequence, List<Tensor> initial, @Nullable Tensor mask, List<Tensor> drawn) {
        if (!settings().standard() || !cell().isResetAfter()) {
            return null;
        }
        Tensor offset = cell().recurrentBias();
        List<Tensor> operands = new ArrayList<>();
        operands.add(cell().prepare(sequence, drawn));
        operands.add(initial.get(0));
        operands.add(value(cell().recurrentKernel()));
        operands.add(offset != null ? offset : Ops.zeros(Shape.of(3L * cell().units()), computeDType()));
        if (mask != null) {
            operands.add(mask);
        }
        Tensor outputs = Ops.apply(new GruSequence(mask != null), operands).get(0);
        Tensor h = Ops.take(outputs, -1, 1);
        return new Run(outputs, h, List.of(h));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("reset_after", cell().isResetAfter());
    }
}
