package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.random.SeedGenerator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that does something random to its input in training and nothing otherwise. The same seed gives the same numbers
 * on every backend.
 *
 * @param <S> the layer's own class
 */
public abstract class RandomLayer<S extends RandomLayer<S>> extends FluentLayer<S> {
    private @Nullable Long seed;
    private @Nullable SeedGenerator generator;

    /** A layer with a seed from the global one. */
    protected RandomLayer() {}

    /** Makes the layer's numbers depend on nothing but the seed; one is drawn from the global seed by default. */
    public final S seed(long newSeed) {
        seed = newSeed;
        return self();
    }

    /** The seed that was set. */
    final @Nullable Long givenSeed() {
        return seed;
    }

    final S configured(ObjectNode config) {
        configure(config);
        seed = config.path("seed").isNumber() ? (Long) config.get("seed").asLong() : null;
        return self();
    }

    /** Whether training changes anything. */
    abstract boolean isActive();

    /** What training makes of the input. */
    abstract Tensor randomize(Tensor input, SeedGenerator source);

    @Override
    protected void build(List<Shape> inputShapes) {
        if (isActive()) {
            generator = seed == null ? new SeedGenerator() : new SeedGenerator(seed);
            addState(generator.state());
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return context.training() && generator != null ? randomize(input, generator) : input;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        return super.config().put("seed", seed);
    }

    /** Checks a part that is dropped. */
    static double rate(String who, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(who + ": a rate from 0 to 1 is required. Received: " + rate
                    + ". It is the part that is dropped.");
        }
        return rate;
    }
}
