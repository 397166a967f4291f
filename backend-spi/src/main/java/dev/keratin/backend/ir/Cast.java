package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Converts each element: to bool whether it is not 0, from floating to integer towards zero (NaN gives 0, out of range
 * the nearest value, then wrapped for 8 bits), from wide to narrow integers by wrapping, to floating by rounding to
 * nearest even. Operands: x.
 */
public record Cast(DType to) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(Rules.only(this, operands, 1).get(0).withDType(to));
    }
}
