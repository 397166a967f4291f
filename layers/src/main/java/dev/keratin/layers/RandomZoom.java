package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.random.SeedGenerator;
import org.jspecify.annotations.Nullable;

/**
 * In training zooms into or out of each image by factors between limits, all equally likely; otherwise does nothing.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with any numbers, output of the same shape in the
 * compute dtype. A positive factor zooms out: with 0.5 the image shows what lies in one and a half of its height. Called alone,
 * as on the images of a data set, it is for training.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/">Keras: RandomZoom</a>
 */
public final class RandomZoom extends MovedImageLayer<RandomZoom> {
    private final Factor heightFactor;
    private final @Nullable Factor widthFactor;

    /**
     * A layer that zooms in or out and keeps the aspect ratio.
     *
     * @param factor the largest part that is added to what the image shows or taken away, from -1 to 1
     */
    public RandomZoom(double factor) {
        this(Factor.upTo(factor));
    }

    /**
     * A layer that keeps the aspect ratio.
     *
     * @param factor what is added to what the image shows, or taken away, as parts of it; from -1 to 1
     */
    public RandomZoom(Factor factor) {
        this.heightFactor = factor.within("RandomZoom", -1, 1);
        this.widthFactor = null;
    }

    /** A layer that draws factors for the height and the width. */
    public RandomZoom(Factor heightFactor, Factor widthFactor) {
        this.heightFactor = heightFactor.within("RandomZoom", -1, 1);
        this.widthFactor = widthFactor.within("RandomZoom", -1, 1);
    }

    static RandomZoom from(ObjectNode config) {
        Factor height = Factor.read(config.path("height_factor"));
        RandomZoom layer = config.hasNonNull("width_factor")
                ? new RandomZoom(height, Factor.read(config.get("width_factor"))) : new RandomZoom(height);
        return layer.configuredMoves(config);
    }

    @Override
    Transform draw(long images, Size size, SeedGenerator source) {
        Tensor tall = heightFactor.draw(Shape.of(images), 1, source);
        Tensor wide = widthFactor == null ? tall : widthFactor.draw(Shape.of(images), 1, source);
        Tensor none = Ops.zerosLike(tall);
        return new Transform(wide, none, offset(size.width(), wide), none, tall, offset(size.height(), tall));
    }

    /** Where an axis begins so that its middle stays. */
    private static Tensor offset(long length, Tensor zoom) {
        return Ops.multiply(Ops.subtract(1, zoom), (length - 1) / 2.0);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("height_factor", heightFactor.json());
        config.set("width_factor", widthFactor == null ? config.nullNode() : widthFactor.json());
        return config;
    }
}
