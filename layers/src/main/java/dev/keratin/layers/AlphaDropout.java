package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import org.jspecify.annotations.Nullable;

/**
 * In training sets elements to the lower limit of SELU with probability {@code rate}, then scales and shifts all so that
 * mean 0 and variance 1 stay (Klambauer et al., 2017); otherwise does nothing.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/alpha_dropout/">Keras: AlphaDropout</a>
 */
public final class AlphaDropout extends RandomLayer<AlphaDropout> {
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;
    private static final double LIMIT = -SELU_ALPHA * SELU_SCALE;

    private final double rate;
    private @Nullable Shape noiseShape;

    /**
     * A layer with a rate.
     *
     * @param rate from 0 to 1
     */
    public AlphaDropout(double rate) {
        this.rate = rate("AlphaDropout", rate);
    }

    /** A shape that stretches to the input's: elements that share a place in it share their fate; -1 is as in the input. */
    public AlphaDropout noiseShape(long... dims) {
        noiseShape = Shape.of(dims);
        return this;
    }

    static AlphaDropout from(ObjectNode config) {
        AlphaDropout layer = new AlphaDropout(Json.number(config, "rate", -1));
        layer.noiseShape = NoiseShapes.read(config);
        return layer.configured(config);
    }

    @Override
    boolean isActive() {
        return rate > 0;
    }

    @Override
    Tensor randomize(Tensor input, SeedGenerator source) {
        Shape shape = NoiseShapes.resolve(noiseShape, input.shape());
        Tensor kept = Ops.greaterEqual(Random.uniform(shape, 0, 1, DType.FLOAT32, source), rate);
        double factor = 1 / Math.sqrt((1 - rate) * (1 + rate * LIMIT * LIMIT));
        return Ops.add(Ops.multiply(Ops.where(kept, input, LIMIT), factor), -factor * LIMIT * rate);
    }

    @Override
    public ObjectNode config() {
        return NoiseShapes.write(super.config().put("rate", rate), noiseShape);
    }
}
