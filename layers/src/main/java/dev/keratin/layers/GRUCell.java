package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of {@link GRU}: {@code h' = z * h + (1 - z) * n} with gates z, r and candidate n. The reset gate r scales either
 * the product of the state with the recurrent kernel (the default, as in cuDNN), or the state before it.
 *
 * <p>State [batch, units]. Kernel [features, 3 * units] in the order z, r, n; recurrent kernel [units, 3 * units]; bias
 * [2, 3 * units], for input and state, or [3 * units] if the reset comes before the product.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/gru_cell/">Keras: GRUCell</a>
 */
public final class GRUCell extends UnitsCell<GRUCell> implements GatedOptions<GRUCell> {
    private boolean resetAfter = true;

    /**
     * A cell.
     *
     * @param units the length of state and output, at least 1
     */
    public GRUCell(int units) {
        super(new CellSettings("GRUCell", units, 3));
    }

    static GRUCell from(ObjectNode config) {
        return new GRUCell(CellSettings.units(config)).configureCell(config)
                .resetAfter(Json.bool(config, "reset_after", true));
    }

    /** Whether the reset gate comes after the product with the recurrent kernel; true by default. */
    public GRUCell resetAfter(boolean after) {
        resetAfter = after;
        return this;
    }

    boolean isResetAfter() {
        return resetAfter;
    }

    @Override
    Shape biasShape() {
        return resetAfter ? Shape.of(2, 3L * units()) : Shape.of(3L * units());
    }

    @Override
    @Nullable Tensor inputBias() {
        Tensor all = super.inputBias();
        return all == null || !resetAfter ? all : Ops.take(all, 0, 0);
    }

    /** The bias of the products with the state [3 * units]; null for none. */
    @Nullable Tensor recurrentBias() {
        Tensor all = super.inputBias();
        return all == null || !resetAfter ? null : Ops.take(all, 1, 0);
    }

    @Override
    List<Tensor> advance(Tensor prepared, List<Tensor> states, List<Tensor> drawn) {
        Tensor h = states.get(0);
        List<Tensor> x = split(prepared);
        Tensor products = recurrentGates(h, resetAfter ? 3 : 2, drawn);
        Tensor offset = recurrentBias();
        products = offset == null ? products : Ops.add(products, offset);
        Tensor z = gate(x.get(0), columns(products, 0, 1));
        Tensor r = gate(x.get(1), columns(products, 1, 2));
        Tensor inner = resetAfter ? Ops.multiply(r, columns(products, 2, 3))
                : recurrentGate(Ops.multiply(r, droppedState(h, drawn).get(2)), 2);
        Tensor n = settings().activation.call(Ops.add(x.get(2), inner));
        Tensor next = Ops.add(Ops.multiply(z, h), Ops.multiply(Ops.subtract(1, z), n));
        return List.of(next, next);
    }

    private Tensor gate(Tensor fromInput, Tensor fromState) {
        return settings().recurrentActivation.call(Ops.add(fromInput, fromState));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("reset_after", resetAfter);
    }
}
