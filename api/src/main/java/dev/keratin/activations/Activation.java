package dev.keratin.activations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Configurable;
import dev.keratin.config.Json;

/**
 * A function that a layer passes its output through. A lambda will do; to save a model that uses it, register it under a
 * name with {@code Activations.registry()}.
 */
@FunctionalInterface
public interface Activation extends Configurable {
    /** The function's value: a tensor of the shape of {@code x} but for functions that fold an axis. */
    Tensor call(Tensor x);

    /** The function's arguments; none unless stated otherwise. */
    @Override
    default ObjectNode config() {
        return Json.object();
    }
}
