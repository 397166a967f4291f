package dev.keratin.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An object that a Keras file can describe: by its class name and its constructor's arguments as JSON. */
public interface Configurable {
    /** The name of the Keras class, such as {@code "GlorotUniform"}. */
    default String className() {
        return getClass().getSimpleName();
    }

    /** The arguments under their Keras names, as {@code get_config()} gives them. A new object. */
    ObjectNode config();
}
