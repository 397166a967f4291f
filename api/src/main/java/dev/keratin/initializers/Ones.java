package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;

/** Ones. */
public final class Ones implements Initializer {
    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        return Fill.with(shape, dtype, index -> 1.0);
    }

    @Override
    public ObjectNode config() {
        return Json.object();
    }
}
