package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.Shape;
import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import org.jspecify.annotations.Nullable;

/** How a weight starts, what penalises it, and what it is made to fulfil after each update. */
final class WeightSettings {
    Initializer initializer;
    @Nullable Regularizer regularizer;
    @Nullable Constraint constraint;

    /** A start by Keras name, without penalty and constraint. */
    WeightSettings(String initializer) {
        this.initializer = Initializers.get(initializer);
    }

    void copy(WeightSettings other) {
        initializer = other.initializer;
        regularizer = other.regularizer;
        constraint = other.constraint;
    }

    /** A weight with these settings. */
    WeightSpec spec(String name, Shape shape) {
        return spec(name, shape, initializer);
    }

    /** A weight with these settings but for its start. */
    WeightSpec spec(String name, Shape shape, Initializer start) {
        return new WeightSpec(name, shape, start).regularizer(regularizer).constraint(constraint);
    }

    /** Writes the settings, whose names begin with that of the weight. */
    void write(ObjectNode config, String weight) {
        config.set(weight + "_initializer", Initializers.registry().serialize(initializer));
        Configs.put(config, weight + "_regularizer", Regularizers.registry(), regularizer);
        Configs.put(config, weight + "_constraint", Constraints.registry(), constraint);
    }

    /** Takes over what {@link #write} wrote; an initializer that is left out stays. */
    void read(ObjectNode config, String weight) {
        initializer = Configs.get(config, weight + "_initializer", Initializers.registry(), initializer);
        regularizer = Configs.get(config, weight + "_regularizer", Regularizers.registry());
        constraint = Configs.get(config, weight + "_constraint", Constraints.registry());
    }
}
