package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.random.SeedGenerator;

/**
 * In training multiplies how far each pixel is from the mean of its channel in its image by a random factor between
 * {@code 1 - lower} and {@code 1 + upper}; otherwise does nothing.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with numbers of the value range, output of the same
 * shape in the compute dtype, cut off at the range. Called alone, as on the images of a data set, it is for training.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/">Keras: RandomContrast</a>
 */
public final class RandomContrast extends TonedImageLayer<RandomContrast> {
    private final double lower;
    private final double upper;

    /**
     * A layer that makes contrasts stronger, by a factor from 1 to {@code 1 + factor}, as Keras does.
     *
     * @param factor from 0 to 1
     */
    public RandomContrast(double factor) {
        this(0, factor);
    }

    /**
     * A layer.
     *
     * @param lower how much contrasts get weaker at most, from 0 to 1; not above the other
     * @param upper how much they get stronger at most, from 0 to 1
     */
    public RandomContrast(double lower, double upper) {
        if (!(lower >= 0 && upper <= 1 && lower <= upper)) {
            throw new IllegalArgumentException("RandomContrast: 0 <= lower <= upper <= 1 is required. Received: " + lower + " and "
                    + upper + ". They are parts: divide percents by 100.");
        }
        this.lower = lower;
        this.upper = upper;
    }

    static RandomContrast from(ObjectNode config) {
        Factor factor = Factor.read(config.path("factor"));
        return new RandomContrast(Math.max(0, factor.lower()), factor.upper()).configuredTones(config);
    }

    @Override
    Tensor tone(Tensor images, SeedGenerator source) {
        Shape each = Shape.of(images.shape().dim(0), 1, 1, 1);
        Tensor contrast = Ops.cast(Factor.between(-lower, upper).draw(each, 1, source), images.dtype());
        Tensor mean = Ops.mean(images, new int[] {format().axisFromEnd(0), format().axisFromEnd(1)}, true);
        return Ops.add(Ops.multiply(Ops.subtract(images, mean), contrast), mean);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("factor", Factor.between(lower, upper).limits());
        return config;
    }
}
