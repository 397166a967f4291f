package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The axes of each sample in another order: axis i of the output is axis {@code dims[i - 1]} of the input.
 *
 * @see <a href="https://keras.io/api/layers/reshaping_layers/permute/">Keras: Permute</a>
 */
public final class Permute extends FluentLayer<Permute> {
    private final int[] dims;

    /**
     * A layer with an order.
     *
     * @param dims a permutation of 1, 2, ...; the batch is axis 0 and left out
     */
    public Permute(int... dims) {
        int[] sorted = Arrays.stream(dims).sorted().toArray();
        if (!Arrays.equals(sorted, IntStream.rangeClosed(1, dims.length).toArray())) {
            throw new IllegalArgumentException("Permute: a permutation of 1 to " + dims.length + " is required. Received: "
                    + Arrays.toString(dims) + ". Leave the batch out, which is axis 0.");
        }
        this.dims = dims.clone();
    }

    static Permute from(ObjectNode config) {
        Permute layer = new Permute(Sizes.read(config, "dims"));
        layer.configure(config);
        return layer;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), dims.length + 1);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        int[] order = new int[dims.length + 1];
        System.arraycopy(dims, 0, order, 1, dims.length);
        return Ops.transpose(input, order);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("dims", Sizes.json(dims));
        return config;
    }
}
