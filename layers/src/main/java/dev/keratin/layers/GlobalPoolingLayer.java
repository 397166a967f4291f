package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;

/**
 * A layer that makes one element of all of each channel: output [batch, channels]. Input [batch, spatial..., channels], or
 * [batch, channels, spatial...] with {@code dataFormat("channels_first")}.
 *
 * @param <S> the layer's own class
 */
public abstract class GlobalPoolingLayer<S extends GlobalPoolingLayer<S>> extends FluentLayer<S> {
    private SpatialFormat format;
    private boolean keepdims;

    /**
     * A layer with Keras's defaults.
     *
     * @param rank the number of spatial axes
     */
    protected GlobalPoolingLayer(int rank) {
        format = SpatialFormat.standard(rank);
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public final S dataFormat(String name) {
        format = new SpatialFormat(format.rank(), name);
        return self();
    }

    /** Whether the spatial axes stay, with length 1; false by default. */
    public final S keepdims(boolean keep) {
        keepdims = keep;
        return self();
    }

    final S configured(ObjectNode config) {
        configure(config);
        format = format.read(config);
        return keepdims(Json.bool(config, "keepdims", false));
    }

    final SpatialFormat format() {
        return format;
    }

    final boolean keepsAxes() {
        return keepdims;
    }

    /** Makes one element of all along some axes. */
    abstract Tensor reduce(Tensor input, int[] axes, boolean keep);

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), format.rank() + 2);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return reduce(input, format.spatialAxes(), keepdims);
    }

    @Override
    public ObjectNode config() {
        return super.config().put("data_format", format.name()).put("keepdims", keepdims);
    }
}
