package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import java.util.List;

/**
 * In training turns each image over with probability 1/2; otherwise does nothing. As in Keras, {@code
 * "horizontal_and_vertical"} turns an image along both axes or along none.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with any numbers, output of the same shape in the
 * compute dtype. Called alone, as on the images of a data set, it is for training.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/">Keras: RandomFlip</a>
 */
public final class RandomFlip extends RandomImageLayer<RandomFlip> {
    private static final String HORIZONTAL = "horizontal";
    private static final String VERTICAL = "vertical";
    private static final String BOTH = "horizontal_and_vertical";
    private static final double PROBABILITY = 0.5;

    private final String mode;

    /** A layer that turns images along both axes. */
    public RandomFlip() {
        this(BOTH);
    }

    /**
     * A layer.
     *
     * @param mode {@code "horizontal"} (left becomes right), {@code "vertical"} or {@code "horizontal_and_vertical"}
     */
    public RandomFlip(String mode) {
        if (!List.of(HORIZONTAL, VERTICAL, BOTH).contains(mode)) {
            throw new IllegalArgumentException("RandomFlip: a mode \"horizontal\", \"vertical\" or \"horizontal_and_vertical\""
                    + " is required. Received: \"" + mode + "\". Check the spelling.");
        }
        this.mode = mode;
    }

    static RandomFlip from(ObjectNode config) {
        return new RandomFlip(Json.text(config, "mode", BOTH)).configuredImages(config);
    }

    @Override
    Tensor transform(Tensor images, SeedGenerator source) {
        Shape each = Shape.of(images.shape().dim(0), 1, 1, 1);
        Tensor turned = Ops.lessEqual(Random.uniform(each, 0, 1, DType.FLOAT32, source), PROBABILITY);
        Tensor result = images;
        if (!mode.equals(VERTICAL)) {
            result = Ops.flip(result, format().axisFromEnd(1));
        }
        if (!mode.equals(HORIZONTAL)) {
            result = Ops.flip(result, format().axisFromEnd(0));
        }
        return Ops.where(turned, result, images);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("mode", mode);
    }
}
