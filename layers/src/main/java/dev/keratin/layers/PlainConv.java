package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.List;

/**
 * A convolution: {@code activation(conv(input, kernel) + bias)}; kernel [spatial..., channels / groups, filters].
 *
 * @param <S> the layer's own class
 */
abstract class PlainConv<S extends PlainConv<S>> extends ConvLayer<S> {
    private final int filters;
    private int groups = 1;

    PlainConv(int rank, int filters, int... kernelSize) {
        super(rank, kernelSize);
        this.filters = atLeastOne(className() + ": a number of filters", filters);
    }

    /** Into how many parts channels and filters are divided, each part on its own; 1 by default. */
    public final S groups(int parts) {
        groups = atLeastOne(className() + ": a number of groups", parts);
        return self();
    }

    final S configured(ObjectNode config) {
        return configureConvolution(config).groups(Json.integer(config, "groups", 1));
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        movement().requireStepsOrDistancesOfOne(who());
        long channels = channels(inputShapes);
        if (channels % groups != 0 || filters % groups != 0) {
            throw new IllegalArgumentException(who() + ": channels and filters that are multiples of the groups are required."
                    + " Received: channels=" + channels + ", filters=" + filters + ", groups=" + groups
                    + ". Change the number of filters or groups.");
        }
        addKernelAndBias(movement().kernelShape(channels / groups, filters), filters);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return finishChannels(Ops.conv(input, kernelValue(), movement().window()));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("filters", filters).put("groups", groups);
    }
}
