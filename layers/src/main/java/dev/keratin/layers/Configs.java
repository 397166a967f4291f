package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.activations.Activation;
import dev.keratin.activations.Activations;
import dev.keratin.config.Configurable;
import dev.keratin.config.Json;
import dev.keratin.config.Registry;
import org.jspecify.annotations.Nullable;

/** Reads and writes objects in the configurations of layers; null and absent are the same. */
final class Configs {
    private Configs() {}

    static <T extends Configurable> void put(ObjectNode config, String key, Registry<T> registry, @Nullable T object) {
        if (object == null) {
            config.putNull(key);
        } else {
            config.set(key, registry.serialize(object));
        }
    }

    static <T extends Configurable> @Nullable T get(ObjectNode config, String key, Registry<T> registry) {
        return Json.has(config, key) ? registry.deserialize(config.get(key)) : null;
    }

    static <T extends Configurable> T get(ObjectNode config, String key, Registry<T> registry, T otherwise) {
        T found = get(config, key, registry);
        return found == null ? otherwise : found;
    }

    static Activation activation(ObjectNode config, String key, Activation otherwise) {
        return Json.has(config, key) ? Activations.deserialize(config.get(key)) : otherwise;
    }
}
