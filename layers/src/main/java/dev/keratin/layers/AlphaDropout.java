package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;

/**
 * In training sets elements to the lower limit of SELU with probability {@code rate}, then scales and shifts all so that
 * mean 0 and variance 1 stay (Klambauer et al., 2017); otherwise does nothing.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/alpha_dropout/">Keras: AlphaDropout</a>
 */
public final class AlphaDropout extends ShapedNoise<AlphaDropout> {
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;
    private static final double LIMIT = -SELU_ALPHA * SELU_SCALE;

    /**
     * A layer with a rate.
     *
     * @param rate from 0 to 1
     */
    public AlphaDropout(double rate) {
        super(rate);
    }

    static AlphaDropout from(ObjectNode config) {
        return new AlphaDropout(rate(config)).configuredNoise(config);
    }

    @Override
    Tensor randomize(Tensor input, SeedGenerator source) {
        double rate = rate();
        Shape shape = NoiseShapes.resolve(noiseShape(), input.shape());
        Tensor kept = Ops.greaterEqual(Random.uniform(shape, 0, 1, DType.FLOAT32, source), rate);
        double factor = 1 / Math.sqrt((1 - rate) * (1 + rate * LIMIT * LIMIT));
        return Ops.add(Ops.multiply(Ops.where(kept, input, LIMIT), factor), -factor * LIMIT * rate);
    }
}
