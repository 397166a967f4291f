package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transposed convolution, which makes its input longer by the strides; kernel [spatial..., filters, channels]. Output
 * lengths are those of {@link Ops#convTranspose}.
 *
 * @param <S> the layer's own class
 */
abstract class TransposedConv<S extends TransposedConv<S>> extends ConvLayer<S> {
    private final int filters;
    private int @Nullable [] outputPadding;

    TransposedConv(int rank, int filters, int... kernelSize) {
        super(rank, kernelSize);
        this.filters = atLeastOne(className() + ": a number of filters", filters);
    }

    /** How much longer the output is than it must be, less than the strides; without it Keras's rule decides. */
    public final S outputPadding(int... lengths) {
        outputPadding = Sizes.each(className() + ": outputPadding", rank(), 0, lengths);
        return self();
    }

    final S configured(ObjectNode config) {
        int[] lengths = Sizes.read(config, "output_padding");
        S layer = configureConvolution(config);
        return lengths.length == 0 ? layer : layer.outputPadding(lengths);
    }

    @Override
    boolean shrinks() {
        return false;
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        movement().requireStepsOrDistancesOfOne(who());
        for (int i = 0; outputPadding != null && i < rank(); i++) {
            if (outputPadding[i] >= movement().strides()[i]) {
                throw new IllegalArgumentException(who() + ": an outputPadding below the strides is required. Received: outputPadding="
                        + Arrays.toString(outputPadding) + ", strides=" + Arrays.toString(movement().strides()) + ". Reduce outputPadding.");
            }
        }
        addKernelAndBias(movement().kernelShape(filters, channels(inputShapes)), filters);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        WindowOptions window = outputPadding == null ? movement().window() : movement().window().outputPadding(outputPadding);
        return finishChannels(Ops.convTranspose(input, kernelValue(), window));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("filters", filters);
        config.set("output_padding", outputPadding == null ? Json.object().nullNode() : Sizes.json(outputPadding));
        return config;
    }
}
