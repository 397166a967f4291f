package dev.keratin.initializers;

import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Configurable;
import java.nio.ByteBuffer;

/** Makes the elements that a new weight starts with. Safe for use by several threads once configured. */
public interface Initializer extends Configurable {
    /**
     * The elements of a weight: little-endian, in row-major order, in a new buffer at position 0.
     *
     * @param shape fully known
     * @throws IllegalArgumentException if this initializer can't serve the shape
     */
    ByteBuffer bytes(Shape shape, DType dtype);

    /** The elements of a weight as a concrete tensor on the current backend. */
    default Tensor call(Shape shape, DType dtype) {
        return Tensor.ofBytes(new TensorType(dtype, shape), bytes(shape, dtype));
    }
}
