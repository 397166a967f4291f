package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.List;

/**
 * The same elements in another shape: [batch, ...] becomes [batch, targetShape...].
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/reshape/">Keras: Reshape</a>
 */
public final class Reshape extends FluentLayer<Reshape> {
    private final long[] targetShape;

    /**
     * A layer with an output shape.
     *
     * @param targetShape without the batch; one length may be -1 for what is left
     */
    public Reshape(long... targetShape) {
        long unknown = Arrays.stream(targetShape).filter(length -> length == -1).count();
        if (unknown > 1 || Arrays.stream(targetShape).anyMatch(length -> length < -1)) {
            throw new IllegalArgumentException("Reshape: lengths of 0 or more, at most one of them -1, are required. Received: "
                    + Arrays.toString(targetShape) + ". Leave the batch out.");
        }
        this.targetShape = targetShape.clone();
    }

    static Reshape from(ObjectNode config) {
        Reshape layer = new Reshape(Json.integers(config, "target_shape").stream().mapToLong(Integer::longValue).toArray());
        layer.configure(config);
        return layer;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.minRank(this, inputs.get(0), 1);
        Shape sample = inputs.get(0).shape().subShape(1, inputs.get(0).shape().rank());
        if (sample.isStatic() && !fits(sample.size())) {
            throw new IllegalArgumentException(who() + ": as many elements as the target shape " + Arrays.toString(targetShape)
                    + " has are required. Received: " + inputs.get(0) + " (" + sample.size()
                    + " elements in a sample). Set one length to -1 to have it computed.");
        }
    }

    private boolean fits(long size) {
        long known = Arrays.stream(targetShape).filter(length -> length != -1).reduce(1, (a, b) -> a * b);
        boolean open = Arrays.stream(targetShape).anyMatch(length -> length == -1);
        return open ? known != 0 && size % known == 0 : known == size;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        long[] dims = new long[targetShape.length + 1];
        dims[0] = input.shape().dim(0);
        System.arraycopy(targetShape, 0, dims, 1, targetShape.length);
        return Ops.reshape(input, dims);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("target_shape", Json.array(Arrays.stream(targetShape).boxed().toList()));
        return config;
    }
}
