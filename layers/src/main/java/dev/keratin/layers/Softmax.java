package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code exp(x) / sum(exp(x))} along one axis or several together. Where a mask is false, the output is 0 and the element
 * doesn't count; the mask comes with the input or as a second input, and stretches to the input.
 *
 * @see <a href="https://keras.io/api/layers/activation_layers/softmax/">Keras: Softmax</a>
 */
public final class Softmax extends FluentLayer<Softmax> {
    private static final double EXCLUDED = -1e9;
    private static final double EXCLUDED_HALF = -3e4;

    private final AxisChoice axis;

    /** Along the last axis. */
    public Softmax() {
        this(AxisChoice.LAST);
    }

    /** Along one axis, or several together. */
    public Softmax(int... axis) {
        this(AxisChoice.of(axis));
    }

    private Softmax(AxisChoice axis) {
        this.axis = axis;
    }

    static Softmax from(ObjectNode config) {
        Softmax layer = new Softmax(AxisChoice.read(config));
        layer.configure(config);
        return layer;
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        Tensor mask = inputs.size() == 2 ? inputs.get(1) : context.mask();
        return List.of(mask == null ? softmax(inputs.get(0)) : masked(inputs.get(0), truth(mask)));
    }

    private Tensor masked(Tensor input, Tensor counts) {
        double excluded = input.dtype() == DType.FLOAT16 ? EXCLUDED_HALF : EXCLUDED;
        return Ops.where(counts, softmax(Ops.where(counts, input, excluded)), 0);
    }

    private static Tensor truth(Tensor mask) {
        return mask.dtype() == DType.BOOL ? mask : Ops.greater(mask, 0.5);
    }

    private Tensor softmax(Tensor input) {
        int[] axes = axis.toArray();
        return axes.length == 1 ? Ops.softmax(input, axes[0])
                : Ops.exp(Ops.subtract(input, Ops.logsumexp(input, axes, true)));
    }

    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        return java.util.Collections.singletonList(masks.get(0));
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("axis", axis.json());
        return config;
    }
}
