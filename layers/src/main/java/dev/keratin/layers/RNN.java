package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * A recurrent layer round any {@link RecurrentCell}.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/rnn/">Keras: RNN</a>
 */
public final class RNN extends Recurrent<RNN> {
    private final RecurrentCell<?> cell;

    /** A layer that runs a cell along sequences. */
    public RNN(RecurrentCell<?> cell) {
        this.cell = track("cell", cell);
    }

    static RNN from(ObjectNode config) {
        return new RNN(cell("RNN", config.get("cell"))).configureRecurrent(config);
    }

    /** The cell that a configuration describes. */
    static RecurrentCell<?> cell(String who, JsonNode description) {
        Layer layer = Layers.registry().deserialize(description == null ? Json.object() : description);
        if (!(layer instanceof RecurrentCell)) {
            throw new IllegalArgumentException(who + ": a recurrent cell is required. Received: " + layer.who()
                    + ". Extend RecurrentCell and register the class with Layers.register.");
        }
        return (RecurrentCell<?>) layer;
    }

    @Override
    public RecurrentCell<?> cell() {
        return cell;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("cell", Layers.registry().serialize(cell));
        return config;
    }
}
