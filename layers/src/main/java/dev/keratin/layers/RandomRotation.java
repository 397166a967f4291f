package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.random.SeedGenerator;

/**
 * In training turns each image round its middle by an angle between two limits, all equally likely; otherwise does nothing.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with any numbers, output of the same shape in the
 * compute dtype. Angles are parts of a full turn, positive ones counter-clockwise. Called alone, as on the images of a data
 * set, it is for training.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/">Keras: RandomRotation</a>
 */
public final class RandomRotation extends MovedImageLayer<RandomRotation> {
    private static final double TURN = 2 * Math.PI;

    private final Factor factor;

    /**
     * A layer that turns either way.
     *
     * @param factor the largest part of a full turn, from -1 to 1, whose sign does not count
     */
    public RandomRotation(double factor) {
        this(Factor.upTo(factor));
    }

    /**
     * A layer.
     *
     * @param lower one limit as a part of a full turn, from -1 to 1
     * @param upper the other one
     */
    public RandomRotation(double lower, double upper) {
        this(Factor.between(lower, upper));
    }

    private RandomRotation(Factor factor) {
        this.factor = factor.within("RandomRotation", -1, 1);
    }

    static RandomRotation from(ObjectNode config) {
        return new RandomRotation(Factor.read(config.path("factor"))).configuredMoves(config);
    }

    @Override
    Transform draw(long images, Size size, SeedGenerator source) {
        Tensor angle = Ops.multiply(factor.draw(Shape.of(images), 0, source), TURN);
        double x = 0.5 * (size.width() - 1);
        double y = 0.5 * (size.height() - 1);
        Tensor cos = Ops.cos(angle);
        Tensor sin = Ops.sin(angle);
        Tensor a2 = Ops.add(Ops.subtract(x, Ops.multiply(cos, x)), Ops.multiply(sin, y));
        Tensor b2 = Ops.subtract(Ops.subtract(y, Ops.multiply(sin, x)), Ops.multiply(cos, y));
        return new Transform(cos, Ops.negative(sin), a2, sin, cos, b2);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("factor", factor.limits());
        return config;
    }
}
