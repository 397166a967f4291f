package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;

/**
 * An operand of an op case.
 *
 * @param type its type
 * @param values where its elements come from
 */
record Input(TensorType type, Values values) {
    static Input of(DType dtype, Values values, long... dims) {
        return new Input(TensorType.of(dtype, dims), values);
    }

    static Input of(DType dtype, Values values, Shape shape) {
        return new Input(new TensorType(dtype, shape), values);
    }
}
