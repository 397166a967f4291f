package dev.keratin.initializers;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;

/** Writes computed elements into a buffer, each rounded once to the element type. */
final class Fill {
    private Fill() {}

    /** Elements as a function of their index in row-major order, which is called in order. */
    static ByteBuffer with(Shape shape, DType dtype, IntToDoubleFunction element) {
        ByteBuffer buffer = allocate(shape, dtype);
        int size = (int) shape.size();
        if (dtype == DType.FLOAT32) {
            for (int i = 0; i < size; i++) {
                buffer.putFloat(4 * i, (float) element.applyAsDouble(i));
            }
        } else {
            for (int i = 0; i < size; i++) {
                Elements.write(buffer, i, dtype, element.applyAsDouble(i));
            }
        }
        return buffer;
    }

    private static ByteBuffer allocate(Shape shape, DType dtype) {
        TensorType type = new TensorType(dtype, shape);
        if (!shape.isStatic() || type.byteSize() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Initializer: a shape with known lengths and at most "
                    + Integer.MAX_VALUE + " bytes is required. Received: " + type + ". Split the weight into several.");
        }
        return ByteBuffer.allocate((int) type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
