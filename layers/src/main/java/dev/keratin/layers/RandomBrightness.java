package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.random.SeedGenerator;

/**
 * In training adds a part of the range of values, between two limits, to all of each image; otherwise does nothing.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with numbers of the value range, output of the same
 * shape in the compute dtype, cut off at the range. Called alone, as on the images of a data set, it is for training.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/">Keras:
 *     RandomBrightness</a>
 */
public final class RandomBrightness extends TonedImageLayer<RandomBrightness> {
    private final Factor factor;

    /**
     * A layer that makes images brighter or darker.
     *
     * @param factor the largest part of the value range, from -1 to 1, whose sign does not count
     */
    public RandomBrightness(double factor) {
        this(Factor.upTo(factor));
    }

    /**
     * A layer.
     *
     * @param lower one limit: -1 makes an image black, 1 white
     * @param upper the other one
     */
    public RandomBrightness(double lower, double upper) {
        this(Factor.between(lower, upper));
    }

    private RandomBrightness(Factor factor) {
        this.factor = factor.within("RandomBrightness", -1, 1);
    }

    static RandomBrightness from(ObjectNode config) {
        return new RandomBrightness(Factor.read(config.path("factor"))).configuredTones(config);
    }

    @Override
    Tensor tone(Tensor images, SeedGenerator source) {
        Tensor parts = factor.draw(Shape.of(images.shape().dim(0), 1, 1, 1), 0, source);
        return Ops.add(images, Ops.cast(Ops.multiply(parts, range()), images.dtype()));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("factor", factor.limits());
        return config;
    }
}
