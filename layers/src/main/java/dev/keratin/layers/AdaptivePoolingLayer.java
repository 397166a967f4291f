package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * A layer that divides its input into a given number of windows along each spatial axis and makes one element of each:
 * window i of n reaches from {@code floor(i * length / n)} to {@code ceil((i + 1) * length / n)}.
 *
 * @param <S> the layer's own class
 */
abstract class AdaptivePoolingLayer<S extends AdaptivePoolingLayer<S>> extends FluentLayer<S> {
    private final int[] outputSize;
    private SpatialFormat format;

    AdaptivePoolingLayer(int rank, int... outputSize) {
        this.outputSize = Sizes.each(className() + ": outputSize", rank, 1, outputSize);
        this.format = SpatialFormat.standard(rank);
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public final S dataFormat(String name) {
        format = new SpatialFormat(format.rank(), name);
        return self();
    }

    final S configured(ObjectNode config) {
        configure(config);
        format = format.read(config);
        return self();
    }

    /** Pools. */
    abstract Tensor pool(Tensor input, int[] size, String dataFormat);

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), format.rank() + 2);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return pool(input, outputSize, format.name());
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("output_size", Sizes.json(outputSize));
        return config.put("data_format", format.name());
    }
}
