package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;

/** A matrix with a number on its main diagonal and 0 elsewhere. */
public final class Identity implements Initializer {
    private final double gain;

    /** Ones on the diagonal. */
    public Identity() {
        this(1.0);
    }

    /** The given number on the diagonal. */
    public Identity(double gain) {
        this.gain = gain;
    }

    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        if (shape.rank() != 2) {
            throw new IllegalArgumentException("Identity: a matrix is required. Received: a weight of shape " + shape + ".");
        }
        int columns = (int) shape.dim(1);
        return Fill.with(shape, dtype, index -> index / columns == index % columns ? gain : 0.0);
    }

    /** As Keras writes it, and {@code gain} where it isn't 1: Keras reads it but leaves it out when it saves. */
    @Override
    public ObjectNode config() {
        return gain == 1.0 ? Json.object() : Json.object().put("gain", gain);
    }
}
