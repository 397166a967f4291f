package dev.keratin.backend;

/**
 * What is known of a tensor without its elements.
 *
 * @param dtype the type of every element
 * @param shape the lengths of the axes
 */
public record TensorType(DType dtype, Shape shape) {
    /** A type with the given axis lengths. */
    public static TensorType of(DType dtype, long... dims) {
        return new TensorType(dtype, Shape.of(dims));
    }

    /** The bytes that the elements take when stored densely. */
    public long byteSize() {
        return Math.multiplyExact(shape.size(), dtype.byteSize());
    }

    /** This type with another shape. */
    public TensorType withShape(Shape other) {
        return new TensorType(dtype, other);
    }

    /** This type with another element type. */
    public TensorType withDType(DType other) {
        return new TensorType(other, shape);
    }

    /** The pair, such as {@code float32[32, 784]}. */
    @Override
    public String toString() {
        return dtype.toString() + shape;
    }
}
