package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.activations.Activation;
import dev.keratin.activations.Activations;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/** What a recurrent cell is set to: shared by the cell and by the layer that makes it. */
final class CellSettings {
    final int units;
    final int gates;
    private final String unit;
    Activation activation = Activations.get("tanh");
    Activation recurrentActivation = Activations.get("sigmoid");
    boolean useBias = true;
    final WeightSettings kernel = new WeightSettings("glorot_uniform");
    final WeightSettings recurrent = new WeightSettings("orthogonal");
    final WeightSettings bias = new WeightSettings("zeros");
    double dropout;
    double recurrentDropout;
    @Nullable Integer seed;
    boolean unitForgetBias = true;

    /**
     * Keras's defaults.
     *
     * @param unit what {@code units} counts, which in configurations is its name
     * @param gates 1 for none, 3 with a recurrent activation, 4 with a forget gate, too
     */
    CellSettings(String who, String unit, int units, int gates) {
        if (units < 1) {
            throw new IllegalArgumentException(who + ": at least 1 " + unit + " is required. Received: " + units + ".");
        }
        this.unit = unit;
        this.units = units;
        this.gates = gates;
    }

    /** Of a cell that counts units. */
    CellSettings(String who, int units, int gates) {
        this(who, "unit", units, gates);
    }

    static int units(ObjectNode config) {
        return Json.integer(config, "units", 0);
    }

    /** Whether every function is the one that sequences are computed with as a whole. */
    boolean standard() {
        return activation.className().equals("tanh") && recurrentActivation.className().equals("sigmoid")
                && recurrentDropout == 0;
    }

    private boolean hasForgetGate() {
        return gates == 4;
    }

    void write(ObjectNode config) {
        config.put(unit + "s", units);
        config.set("activation", Activations.serialize(activation));
        if (gates > 1) {
            config.set("recurrent_activation", Activations.serialize(recurrentActivation));
        }
        config.put("use_bias", useBias);
        kernel.write(config, "kernel");
        recurrent.write(config, "recurrent");
        bias.write(config, "bias");
        config.put("dropout", dropout);
        config.put("recurrent_dropout", recurrentDropout);
        config.put("seed", seed);
        if (hasForgetGate()) {
            config.put("unit_forget_bias", unitForgetBias);
        }
    }

    void read(ObjectNode config) {
        activation = Configs.activation(config, "activation", activation);
        recurrentActivation = Configs.activation(config, "recurrent_activation", recurrentActivation);
        useBias = Json.bool(config, "use_bias", true);
        kernel.read(config, "kernel");
        recurrent.read(config, "recurrent");
        bias.read(config, "bias");
        dropout = Json.number(config, "dropout", 0);
        recurrentDropout = Json.number(config, "recurrent_dropout", 0);
        seed = Json.integer(config, "seed");
        unitForgetBias = Json.bool(config, "unit_forget_bias", true);
    }
}
