package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.List;

/**
 * A layer that gives images of a size: [height, width, channels] or [batch, height, width, channels], channels before
 * height and width with {@code dataFormat("channels_first")}.
 *
 * @param <S> the layer's own class
 */
abstract class SizedImageLayer<S extends SizedImageLayer<S>> extends FluentLayer<S> {
    private final int height;
    private final int width;
    private SpatialFormat format = SpatialFormat.standard(2);

    SizedImageLayer(int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(className() + ": a height and width of at least 1 are required. Received: "
                    + height + " and " + width + ".");
        }
        this.height = height;
        this.width = width;
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public final S dataFormat(String name) {
        format = new SpatialFormat(2, name);
        return self();
    }

    final int height() {
        return height;
    }

    final int width() {
        return width;
    }

    final SpatialFormat format() {
        return format;
    }

    @Override
    protected final void checkInputs(List<TensorType> inputs) {
        InputRules.images(this, inputs.get(0));
    }

    @Override
    public ObjectNode config() {
        return super.config().put("data_format", format.name()).put("height", height).put("width", width);
    }

    final S configured(ObjectNode config) {
        configure(config);
        format = format.read(config);
        return self();
    }

    static int size(ObjectNode config, String key) {
        return Json.integer(config, key, 0);
    }
}
