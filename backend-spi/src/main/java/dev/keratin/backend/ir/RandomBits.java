package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Uniform random bits. Operands: state, int64[2] = (key, counter). Result: int32 of the given shape; element i in
 * row-major order is word i % 4 of Philox 4x32-10 (Salmon et al., SC 2011) with the key words (low, high half of key)
 * and the counter words (low, high half of i / 4, low, high half of counter).
 */
public record RandomBits(Shape shape) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType state = Rules.only(this, operands, 1).get(0);
        Rules.require(this, state.equals(TensorType.of(DType.INT64, 2)), "a state int64[2]", operands, "");
        return List.of(new TensorType(DType.INT32, shape));
    }
}
