package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.random.SeedGenerator;
import java.util.List;

/**
 * Augmentation: changes each image at random in training, and nothing otherwise. Called alone, as on the images of a data
 * set, it is for training unless {@code call(images, false)} says otherwise; inside of a model the model says.
 *
 * <p>Input [height, width, channels] or [batch, height, width, channels] with any numbers, output of the same shape in the
 * compute dtype. With {@code dataFormat("channels_first")} the channels come before the height and width.
 *
 * @param <S> the layer's own class
 */
abstract class RandomImageLayer<S extends RandomImageLayer<S>> extends RandomLayer<S> {
    private SpatialFormat format = SpatialFormat.standard(2);

    RandomImageLayer() {}

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public final S dataFormat(String name) {
        format = new SpatialFormat(2, name);
        return self();
    }

    final SpatialFormat format() {
        return format;
    }

    /** What training makes of a batch of images. */
    abstract Tensor transform(Tensor images, SeedGenerator source);

    @Override
    final boolean isActive() {
        return true;
    }

    @Override
    final boolean trainsByDefault() {
        return true;
    }

    @Override
    protected final boolean supportsMasking() {
        return false;
    }

    @Override
    protected final void checkInputs(List<TensorType> inputs) {
        InputRules.images(this, inputs.get(0));
    }

    @Override
    protected final Tensor call(Tensor input, CallContext context) {
        return super.call(Ops.cast(input, computeDType()), context);
    }

    @Override
    final Tensor randomize(Tensor input, SeedGenerator source) {
        boolean single = input.rank() == 3;
        Tensor images = transform(single ? Ops.expandDims(input, 0) : input, source);
        return Ops.cast(single ? Ops.squeeze(images, 0) : images, computeDType());
    }

    @Override
    public ObjectNode config() {
        return super.config().put("data_format", format.name());
    }

    final S configuredImages(ObjectNode config) {
        format = format.read(config);
        return configured(config);
    }
}
