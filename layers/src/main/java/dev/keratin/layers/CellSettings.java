package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.activations.Activation;
import dev.keratin.activations.Activations;
import dev.keratin.config.Json;
import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import org.jspecify.annotations.Nullable;

/** What a recurrent cell is set to: shared by the cell and by the layer that makes it. */
final class CellSettings {
    final int units;
    final int gates;
    private final String unit;
    Activation activation = Activations.get("tanh");
    Activation recurrentActivation = Activations.get("sigmoid");
    boolean useBias = true;
    Initializer kernelInitializer = Initializers.get("glorot_uniform");
    Initializer recurrentInitializer = Initializers.get("orthogonal");
    Initializer biasInitializer = Initializers.get("zeros");
    @Nullable Regularizer kernelRegularizer;
    @Nullable Regularizer recurrentRegularizer;
    @Nullable Regularizer biasRegularizer;
    @Nullable Constraint kernelConstraint;
    @Nullable Constraint recurrentConstraint;
    @Nullable Constraint biasConstraint;
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
        config.set("kernel_initializer", Initializers.registry().serialize(kernelInitializer));
        config.set("recurrent_initializer", Initializers.registry().serialize(recurrentInitializer));
        config.set("bias_initializer", Initializers.registry().serialize(biasInitializer));
        Configs.put(config, "kernel_regularizer", Regularizers.registry(), kernelRegularizer);
        Configs.put(config, "recurrent_regularizer", Regularizers.registry(), recurrentRegularizer);
        Configs.put(config, "bias_regularizer", Regularizers.registry(), biasRegularizer);
        Configs.put(config, "kernel_constraint", Constraints.registry(), kernelConstraint);
        Configs.put(config, "recurrent_constraint", Constraints.registry(), recurrentConstraint);
        Configs.put(config, "bias_constraint", Constraints.registry(), biasConstraint);
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
        kernelInitializer = Configs.get(config, "kernel_initializer", Initializers.registry(), kernelInitializer);
        recurrentInitializer = Configs.get(config, "recurrent_initializer", Initializers.registry(), recurrentInitializer);
        biasInitializer = Configs.get(config, "bias_initializer", Initializers.registry(), biasInitializer);
        kernelRegularizer = Configs.get(config, "kernel_regularizer", Regularizers.registry());
        recurrentRegularizer = Configs.get(config, "recurrent_regularizer", Regularizers.registry());
        biasRegularizer = Configs.get(config, "bias_regularizer", Regularizers.registry());
        kernelConstraint = Configs.get(config, "kernel_constraint", Constraints.registry());
        recurrentConstraint = Configs.get(config, "recurrent_constraint", Constraints.registry());
        biasConstraint = Configs.get(config, "bias_constraint", Constraints.registry());
        dropout = Json.number(config, "dropout", 0);
        recurrentDropout = Json.number(config, "recurrent_dropout", 0);
        seed = Json.integer(config, "seed");
        unitForgetBias = Json.bool(config, "unit_forget_bias", true);
    }
}
