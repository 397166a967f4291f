package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.random.SeedGenerator;

/**
 * In training shifts each image by parts of its height and width between limits, all equally likely; otherwise does nothing.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with any numbers, output of the same shape in the
 * compute dtype. Positive parts shift down and to the right. Called alone, as on the images of a data set, it is for training.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/">Keras:
 *     RandomTranslation</a>
 */
public final class RandomTranslation extends MovedImageLayer<RandomTranslation> {
    private final Factor heightFactor;
    private final Factor widthFactor;

    /**
     * A layer that shifts either way.
     *
     * @param heightFactor the largest part of the height, from -1 to 1, whose sign does not count
     * @param widthFactor the largest part of the width
     */
    public RandomTranslation(double heightFactor, double widthFactor) {
        this(Factor.upTo(heightFactor), Factor.upTo(widthFactor));
    }

    /**
     * A layer.
     *
     * @param heightFactor parts of the height, from -1 to 1
     * @param widthFactor parts of the width
     */
    public RandomTranslation(Factor heightFactor, Factor widthFactor) {
        this.heightFactor = heightFactor.within("RandomTranslation", -1, 1);
        this.widthFactor = widthFactor.within("RandomTranslation", -1, 1);
    }

    static RandomTranslation from(ObjectNode config) {
        return new RandomTranslation(Factor.read(config.path("height_factor")), Factor.read(config.path("width_factor")))
                .configuredMoves(config);
    }

    @Override
    Transform draw(long images, Size size, SeedGenerator source) {
        Tensor down = Ops.multiply(heightFactor.draw(Shape.of(images), 0, source), size.height());
        Tensor right = Ops.multiply(widthFactor.draw(Shape.of(images), 0, source), size.width());
        Tensor one = Ops.onesLike(down);
        Tensor none = Ops.zerosLike(down);
        return new Transform(one, none, Ops.negative(right), none, one, Ops.negative(down));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("height_factor", heightFactor.json());
        config.set("width_factor", widthFactor.json());
        return config;
    }
}
