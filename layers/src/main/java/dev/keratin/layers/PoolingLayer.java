package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.WindowOptions;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;

/**
 * A layer that makes one element of each window of its input: [batch, spatial..., channels], or [batch, channels,
 * spatial...] with {@code dataFormat("channels_first")}. Padding never counts.
 *
 * @param <S> the layer's own class
 */
public abstract class PoolingLayer<S extends PoolingLayer<S>> extends FluentLayer<S> {
    private final int[] poolSize;
    private int[] strides;
    private String padding = "valid";
    private SpatialFormat format;

    /**
     * A layer with Keras's defaults: strides as long as the window, padding "valid".
     *
     * @param rank the number of spatial axes
     * @param poolSize one length for all spatial axes, or one for each; none stands for 2
     */
    protected PoolingLayer(int rank, int... poolSize) {
        int[] size = poolSize.length == 0 ? new int[] {2} : poolSize;
        this.poolSize = Sizes.each(className() + ": poolSize", rank, 1, size);
        this.strides = this.poolSize;
        this.format = SpatialFormat.standard(rank);
    }

    /** Steps between neighbouring windows, one for all spatial axes or one for each; the window's lengths by default. */
    public final S strides(int... steps) {
        strides = Sizes.each(className() + ": strides", poolSize.length, 1, steps);
        return self();
    }

    /** {@code "valid"}, the default, or {@code "same"}: the output is as long as the input divided by the strides. */
    public final S padding(String name) {
        if (!name.equals("valid") && !name.equals("same")) {
            throw new IllegalArgumentException(className() + ": a padding of [valid, same] is required. Received: \"" + name
                    + "\". Check the spelling.");
        }
        padding = name;
        return self();
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public final S dataFormat(String name) {
        format = new SpatialFormat(poolSize.length, name);
        return self();
    }

    final S configured(ObjectNode config) {
        configure(config);
        strides(Sizes.read(config, "strides", poolSize));
        padding(Json.text(config, "padding", padding));
        format = format.read(config);
        return self();
    }

    /** Pools. */
    abstract Tensor pool(Tensor input, int[] window, WindowOptions options);

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), poolSize.length + 2);
        if (padding.equals("valid")) {
            InputRules.windowsFit(this, inputs.get(0), format.firstSpatialAxis(), poolSize);
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        WindowOptions options = new WindowOptions().strides(strides).padding(padding).dataFormat(format.name());
        return pool(input, poolSize, options);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.set("pool_size", Sizes.json(poolSize));
        config.put("padding", padding);
        config.set("strides", Sizes.json(strides));
        config.put("data_format", format.name());
        return config;
    }
}
