package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * All elements of a sample along one axis: [batch, ...] becomes [batch, elements]; [batch] becomes [batch, 1]. With
 * {@code dataFormat("channels_first")} the channels are brought to the end before.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/flatten/">Keras: Flatten</a>
 */
public final class Flatten extends FluentLayer<Flatten> {
    private SpatialFormat format = new SpatialFormat(0, Configuration.imageDataFormat());

    /** A layer in the configured data format. */
    public Flatten() {}

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public Flatten dataFormat(String name) {
        format = new SpatialFormat(0, name);
        return this;
    }

    static Flatten from(ObjectNode config) {
        Flatten layer = new Flatten();
        layer.configure(config);
        layer.format = layer.format.read(config);
        return layer;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.minRank(this, inputs.get(0), 1);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor last = format.channelsFirst() && input.rank() > 2 ? Ops.moveaxis(input, 1, -1) : input;
        return Ops.reshape(last, input.shape().dim(0), input.shape().subShape(1, input.rank()).size());
    }

    @Override
    public ObjectNode config() {
        return super.config().put("data_format", format.name());
    }
}
