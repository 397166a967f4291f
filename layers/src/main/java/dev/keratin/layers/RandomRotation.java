package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.ops.Images;
import dev.keratin.ops.TransformOptions;
import dev.keratin.random.Random;
import dev.keratin.random.SeedGenerator;
import java.util.List;

/**
 * In training turns each image round its middle by an angle between two limits, all equally likely; otherwise does nothing.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with any numbers, output of the same shape in the
 * compute dtype. Angles are parts of a full turn, positive ones counter-clockwise. Called alone, as on the images of a data
 * set, it is for training.
 *
 * @see <a href="https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/">Keras: RandomRotation</a>
 */
public final class RandomRotation extends RandomImageLayer<RandomRotation> {
    private static final int DEGREES = 360;

    private final double lower;
    private final double upper;
    private String fillMode = "reflect";
    private String interpolation = "bilinear";
    private double fillValue;

    /**
     * A layer that turns either way.
     *
     * @param factor the largest part of a full turn, from -1 to 1, whose sign does not count
     */
    public RandomRotation(double factor) {
        this(-part(factor), part(factor));
    }

    /**
     * A layer.
     *
     * @param lower one limit as a part of a full turn, from -1 to 1
     * @param upper the other one
     */
    public RandomRotation(double lower, double upper) {
        if (!(lower <= 1 && upper >= -1)) {
            throw refused(lower + " and " + upper);
        }
        this.lower = Math.min(lower, upper);
        this.upper = Math.max(lower, upper);
    }

    private static double part(double factor) {
        if (!(Math.abs(factor) <= 1)) {
            throw refused(String.valueOf(factor));
        }
        return Math.abs(factor);
    }

    private static IllegalArgumentException refused(String received) {
        return new IllegalArgumentException("RandomRotation: a factor or two limits from -1 to 1 are required. Received: "
                + received + ". They are parts of a full turn: divide degrees by 360.");
    }

    static RandomRotation from(ObjectNode config) {
        JsonNode factor = config.path("factor");
        RandomRotation layer = factor.isArray() ? new RandomRotation(factor.path(0).asDouble(), factor.path(1).asDouble())
                : new RandomRotation(factor.asDouble());
        return layer.configuredImages(config).fillMode(Json.text(config, "fill_mode", "reflect"))
                .interpolation(Json.text(config, "interpolation", "bilinear"))
                .fillValue(Json.number(config, "fill_value", 0));
    }

    /**
     * What comes into the image from outside: {@code "reflect"}, the default (the image mirrored at its edge), {@code
     * "constant"} (the fill value), {@code "nearest"} (the outermost pixel) or {@code "wrap"} (the image again).
     */
    public RandomRotation fillMode(String mode) {
        new TransformOptions().fillMode(mode);
        fillMode = mode;
        return this;
    }

    /** {@code "bilinear"}, the default, or {@code "nearest"}. */
    public RandomRotation interpolation(String name) {
        new TransformOptions().interpolation(name);
        interpolation = name;
        return this;
    }

    /** What comes from outside with fill mode {@code "constant"}; 0 by default. */
    public RandomRotation fillValue(double value) {
        fillValue = value;
        return this;
    }

    @Override
    Tensor transform(Tensor images, SeedGenerator source) {
        Shape each = Shape.of(images.shape().dim(0));
        Tensor degrees = Random.uniform(each, lower * DEGREES, upper * DEGREES, DType.FLOAT32, source);
        double middleX = 0.5 * (images.shape().dim(format().axisFromEnd(1)) - 1);
        double middleY = 0.5 * (images.shape().dim(format().axisFromEnd(0)) - 1);
        TransformOptions options = new TransformOptions().interpolation(interpolation).fillMode(fillMode)
                .fillValue(fillValue).dataFormat(format().name());
        return Images.affineTransform(images, matrix(Ops.multiply(degrees, Math.PI / 180), middleX, middleY), options);
    }

    /** The rotations round a point as (a0, a1, a2, b0, b1, b2, 0, 0) each. */
    private static Tensor matrix(Tensor angle, double x, double y) {
        Tensor cos = Ops.cos(angle);
        Tensor sin = Ops.sin(angle);
        Tensor a2 = Ops.add(Ops.subtract(x, Ops.multiply(cos, x)), Ops.multiply(sin, y));
        Tensor b2 = Ops.subtract(Ops.subtract(y, Ops.multiply(sin, x)), Ops.multiply(cos, y));
        Tensor none = Ops.zerosLike(angle);
        return Ops.stack(List.of(cos, Ops.negative(sin), a2, sin, cos, b2, none, none), 1);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.putArray("factor").add(lower).add(upper);
        config.put("fill_mode", fillMode);
        config.put("fill_value", fillValue);
        return config.put("interpolation", interpolation);
    }
}
