package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean of each channel over steps, over the steps that count if there is a mask.
 *
 * <p>Input [batch, steps, channels], output [batch, channels]. With {@code dataFormat("channels_first")} the
 * channels come before the steps.
 *
 * @see <a href="https://keras.io/api/layers/pooling_layers/global_average_pooling1d/">Keras: GlobalAveragePooling1D</a>
 */
public final class GlobalAveragePooling1D extends GlobalPoolingLayer<GlobalAveragePooling1D> {
    /** A layer with Keras's defaults. */
    public GlobalAveragePooling1D() {
        super(1);
    }

    static GlobalAveragePooling1D from(ObjectNode config) {
        return new GlobalAveragePooling1D().configured(config);
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        return Collections.singletonList(null);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor mask = context.mask();
        return mask == null ? super.call(input, context) : meanOfMasked(input, mask);
    }

    private Tensor meanOfMasked(Tensor input, Tensor mask) {
        int[] steps = format().spatialAxes();
        Tensor counts = Ops.expandDims(Ops.cast(mask, DType.BOOL), format().channelsFirst() ? 1 : 2);
        Tensor sum = Ops.sum(Ops.where(counts, input, 0), steps, keepsAxes());
        return Ops.divide(sum, Ops.sum(Ops.cast(counts, input.dtype()), steps, keepsAxes()));
    }

    @Override
    Tensor reduce(Tensor input, int[] axes, boolean keep) {
        return Ops.mean(input, axes, keep);
    }
}
