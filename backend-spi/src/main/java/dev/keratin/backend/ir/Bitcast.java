package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Reads the same bits as another type of the same size. Operands: x.
 */
public record Bitcast(DType to) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType x = Rules.only(this, operands, 1).get(0);
        Rules.require(this, x.dtype().byteSize() == to.byteSize(), "a type as wide as " + to, operands, "");
        return List.of(x.withDType(to));
    }
}
