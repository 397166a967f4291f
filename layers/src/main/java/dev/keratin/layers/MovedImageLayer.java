package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.ops.Images;
import dev.keratin.ops.TransformOptions;
import dev.keratin.random.SeedGenerator;
import java.util.List;

/**
 * Augmentation that moves the pixels of each image by an affine transform of its own.
 *
 * @param <S> the layer's own class
 */
abstract class MovedImageLayer<S extends MovedImageLayer<S>> extends RandomImageLayer<S> {
    private String fillMode = "reflect";
    private String interpolation = "bilinear";
    private double fillValue;

    MovedImageLayer() {}

    /**
     * What comes into the image from outside: {@code "reflect"}, the default (the image mirrored at its edge), {@code
     * "constant"} (the fill value), {@code "nearest"} (the outermost pixel) or {@code "wrap"} (the image again).
     */
    public final S fillMode(String mode) {
        new TransformOptions().fillMode(mode);
        fillMode = mode;
        return self();
    }

    /** {@code "bilinear"}, the default, or {@code "nearest"}. */
    public final S interpolation(String name) {
        new TransformOptions().interpolation(name);
        interpolation = name;
        return self();
    }

    /** What comes from outside with fill mode {@code "constant"}; 0 by default. */
    public final S fillValue(double value) {
        fillValue = value;
        return self();
    }

    /** For each image, from where the pixel at (x, y) comes: from (a0 x + a1 y + a2, b0 x + b1 y + b2); each [batch]. */
    record Transform(Tensor a0, Tensor a1, Tensor a2, Tensor b0, Tensor b1, Tensor b2) {}

    /** The transform of each of a number of images of a size. */
    abstract Transform draw(long images, Size size, SeedGenerator source);

    /** Of an image, in pixels. */
    record Size(long height, long width) {}

    @Override
    final Tensor transform(Tensor images, SeedGenerator source) {
        Size size = new Size(images.shape().dim(format().axisFromEnd(0)), images.shape().dim(format().axisFromEnd(1)));
        Transform to = draw(images.shape().dim(0), size, source);
        Tensor none = Ops.zerosLike(to.a0());
        Tensor matrix = Ops.stack(List.of(to.a0(), to.a1(), to.a2(), to.b0(), to.b1(), to.b2(), none, none), 1);
        return Images.affineTransform(images, matrix, new TransformOptions().interpolation(interpolation).fillMode(fillMode)
                .fillValue(fillValue).dataFormat(format().name()));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("fill_mode", fillMode).put("fill_value", fillValue).put("interpolation", interpolation);
    }

    final S configuredMoves(ObjectNode config) {
        fillMode(Json.text(config, "fill_mode", "reflect"));
        interpolation(Json.text(config, "interpolation", "bilinear"));
        fillValue(Json.number(config, "fill_value", 0));
        return configuredImages(config);
    }
}
