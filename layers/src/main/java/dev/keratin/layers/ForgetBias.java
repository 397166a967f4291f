package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bias of an LSTM, [i, f, c, o], with ones for f and another initializer for the rest. */
record ForgetBias(Initializer rest) implements Initializer {
    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        long units = shape.dim(0) / 4;
        ByteBuffer all = ByteBuffer.allocateDirect(Math.toIntExact(shape.size() * dtype.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        all.put(rest.bytes(Shape.of(units), dtype));
        all.put(Initializers.get("ones").bytes(Shape.of(units), dtype));
        all.put(rest.bytes(Shape.of(2 * units), dtype));
        return all.flip();
    }

    @Override
    public ObjectNode config() {
        return Json.object();
    }
}
