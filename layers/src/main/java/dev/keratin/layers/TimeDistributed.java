package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Applies a layer to every step of a sequence: input [batch, time, ...], output [batch, time, ...]. All steps are computed
 * at once, as one batch; a mask passes through.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/time_distributed/">Keras: TimeDistributed</a>
 */
public final class TimeDistributed extends FluentLayer<TimeDistributed> {
    private final Layer layer;

    /** Round a layer with one input and one output. */
    public TimeDistributed(Layer layer) {
        this.layer = track("layer", layer);
    }

    static TimeDistributed from(ObjectNode config) {
        TimeDistributed wrapper = new TimeDistributed(Layers.registry().deserialize(config.path("layer")));
        wrapper.configure(config);
        return wrapper;
    }

    /** The layer that is applied. */
    public Layer layer() {
        return layer;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        if (inputs.get(0).shape().rank() < 3) {
            throw new IllegalArgumentException(who() + ": an input [batch, time, ...] of rank 3 or more is required. Received: "
                    + inputs.get(0) + ". Leave out the wrapper for inputs without time.");
        }
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        layer.ensureBuilt(List.of(new TensorType(computeDType(), inputShapes.get(0).remove(1))));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Shape shape = input.shape();
        Tensor steps = Ops.reshape(input, Shape.of(shape.dim(0) * shape.dim(1)).concat(shape.subShape(2, shape.rank())));
        Tensor mask = context.mask();
        if (mask != null && mask.rank() > 2) {
            steps.attachMask(Ops.reshape(mask, Shape.of(shape.dim(0) * shape.dim(1)).concat(mask.shape().subShape(2, mask.rank()))));
        }
        Tensor output = Ops.cast(layer.call(steps, context.training()), computeDType());
        return Ops.reshape(output, Shape.of(shape.dim(0), shape.dim(1)).concat(output.shape().remove(0)));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("layer", Layers.registry().serialize(layer));
        return config;
    }
}
