package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.TensorType;

/**
 * Long short-term memory whose products with kernels are convolutions (Shi et al., 2015).
 *
 * @param <S> the layer's own class
 */
abstract class ConvLSTM<S extends ConvLSTM<S>> extends UnitsRecurrent<S, ConvLSTMCell>
        implements MemoryOptions<S>, ConvOptions<S> {
    ConvLSTM(int rank, int filters, int... kernelSize) {
        super(new ConvLSTMCell(rank, filters, kernelSize));
    }

    @Override
    public final ConvSettings movement() {
        return cell().movement();
    }

    @Override
    final void checkSequence(TensorType sequence) {
        int rank = movement().rank() + 3;
        if (sequence.shape().rank() != rank) {
            throw new IllegalArgumentException(who() + ": an input of rank " + rank + " is required: batch, time, then what"
                    + " the convolution takes. Received: " + sequence + ".");
        }
        for (int axis = 2; axis < rank; axis++) {
            InputRules.axis(this, sequence, axis);
        }
        if (movement().isValid()) {
            InputRules.windowsFit(this, sequence, movement().format().firstSpatialAxis() + 1, movement().spans());
        }
    }

    @Override
    public final ObjectNode config() {
        ObjectNode config = super.config();
        movement().write(config);
        return config;
    }

    final S configured(ObjectNode config) {
        movement().read(config);
        return configureUnits(config);
    }
}
