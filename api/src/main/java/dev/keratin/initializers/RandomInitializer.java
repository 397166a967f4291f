package dev.keratin.initializers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import dev.keratin.random.GlobalSeed;
import org.jspecify.annotations.Nullable;

/**
 * An initializer with a seed. Called twice with the same shape it gives the same elements twice.
 *
 * @param <T> the class itself
 */
abstract class RandomInitializer<T extends RandomInitializer<T>> implements Initializer {
    private @Nullable Long given;
    private long seed;

    RandomInitializer(@Nullable Long seed) {
        this.given = seed;
        this.seed = seed == null ? GlobalSeed.next() : seed;
    }

    abstract T self();

    /** Sets the seed; drawn from {@link GlobalSeed} when the initializer is made unless set. */
    public final T seed(long seed) {
        this.given = seed;
        this.seed = seed;
        return self();
    }

    final RandomStream stream() {
        return new RandomStream(seed);
    }

    /** {@code seed}: null where it was drawn. */
    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object();
        config.put("seed", given);
        return config;
    }

    /** The seed of a configuration: a number, or a serialized seed generator. */
    static @Nullable Long seed(JsonNode config) {
        JsonNode seed = config.get("seed");
        if (seed == null || seed.isNull()) {
            return null;
        }
        return seed.isObject() ? seed(seed.path("config")) : Long.valueOf(seed.asLong());
    }
}
