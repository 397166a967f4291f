package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;

/** Zeros. */
public final class Zeros implements Initializer {
    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        return Fill.with(shape, dtype, index -> 0.0);
    }

    @Override
    public ObjectNode config() {
        return Json.object();
    }
}
