package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.initializers.Initializer;
import java.nio.ByteBuffer;

/**
 * The square roots of what another initializer gives; float32 or float64.
 *
 * @param squares gives numbers of 0 or more
 */
record RootInitializer(Initializer squares) implements Initializer {
    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        ByteBuffer bytes = squares.bytes(shape, dtype);
        for (int at = 0; at < bytes.limit(); at += dtype == DType.FLOAT64 ? Double.BYTES : Float.BYTES) {
            if (dtype == DType.FLOAT64) {
                bytes.putDouble(at, Math.sqrt(bytes.getDouble(at)));
            } else {
                bytes.putFloat(at, (float) Math.sqrt(bytes.getFloat(at)));
            }
        }
        return bytes;
    }

    @Override
    public ObjectNode config() {
        return squares.config();
    }
}
