package dev.keratin.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The classes of one kind that strings and Keras files may name, and how each is made from its configuration. Nothing
 * else is ever instantiated from a file. Safe for use by several threads.
 *
 * @param <T> the kind, such as initializers
 */
public final class Registry<T extends Configurable> {
    private final String kind;
    private final String module;
    private final Map<String, Function<ObjectNode, ? extends T>> factories = new ConcurrentHashMap<>();
    private final Map<String, String> modules = new ConcurrentHashMap<>();

    /**
     * An empty registry.
     *
     * @param kind for messages, such as {@code "initializer"}
     * @param module the Python module that files name, such as {@code "keras.initializers"}
     */
    public Registry(String kind, String module) {
        this.kind = kind;
        this.module = module;
    }

    /**
     * Makes a class known.
     *
     * @param factory from a configuration, in which any argument may be missing
     * @param names the class name and the strings it is also known by
     */
    public Registry<T> register(Function<ObjectNode, ? extends T> factory, String... names) {
        for (String name : names) {
            factories.put(name, factory);
        }
        return this;
    }

    /** Says which Python module a class is in that is not in that of the others. */
    public Registry<T> inModule(String name, String... classNames) {
        for (String className : classNames) {
            modules.put(className, name);
        }
        return this;
    }

    /** Every name there is. */
    public java.util.Set<String> names() {
        return new TreeMap<>(factories).navigableKeySet();
    }

    /**
     * The object that a string stands for, with default arguments.
     *
     * @throws IllegalArgumentException if the name is unknown; near misses are named
     */
    public T get(String name) {
        return create(name, Json.object());
    }

    /**
     * The object that a file describes: a string, or an object with {@code class_name} and {@code config}.
     *
     * @throws IllegalArgumentException if it can't be made
     */
    public T deserialize(JsonNode description) {
        if (description.isTextual()) {
            return get(description.asText());
        }
        JsonNode registered = description.get("registered_name");
        JsonNode name = description.get("class_name");
        if (name == null || !name.isTextual()) {
            throw new IllegalArgumentException(kind + ": a name or an object with class_name and config is required."
                    + " Received: " + description + ".");
        }
        JsonNode config = description.get("config");
        ObjectNode arguments = config instanceof ObjectNode ? (ObjectNode) config : Json.object();
        boolean custom = registered != null && registered.isTextual() && factories.containsKey(registered.asText());
        return create(custom ? registered.asText() : name.asText(), arguments);
    }

    /** What a Keras 3 file says of an object. */
    public ObjectNode serialize(T object) {
        ObjectNode result = Json.object();
        result.put("module", modules.getOrDefault(object.className(), module));
        result.put("class_name", object.className());
        result.set("config", object.config());
        result.putNull("registered_name");
        return result;
    }

    private T create(String name, ObjectNode config) {
        Function<ObjectNode, ? extends T> factory = factories.get(name);
        if (factory == null) {
            throw new IllegalArgumentException(kind + ": a known name is required. Received: \"" + name + "\". "
                    + NearMisses.hint(name, names()));
        }
        return factory.apply(config);
    }
}
