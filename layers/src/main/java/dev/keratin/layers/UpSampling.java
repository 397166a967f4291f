package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * A layer that repeats each element along the spatial axes.
 *
 * @param <S> the layer's own class
 */
abstract class UpSampling<S extends UpSampling<S>> extends FluentLayer<S> {
    private final int[] size;
    private SpatialFormat format;

    UpSampling(SpatialFormat format, int... size) {
        this.size = Sizes.each(className() + ": size", format.rank(), 1, size.length == 0 ? new int[] {2} : size);
        this.format = format;
    }

    final S withDataFormat(String name) {
        format = new SpatialFormat(format.rank(), name);
        return self();
    }

    final S configured(ObjectNode config) {
        configure(config);
        format = format.read(config);
        return self();
    }

    final int[] size() {
        return size;
    }

    final SpatialFormat format() {
        return format;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), format.rank() + 2);
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor output = input;
        for (int i = 0; i < size.length; i++) {
            output = Ops.repeat(output, size[i], format.firstSpatialAxis() + i);
        }
        return output;
    }
}
