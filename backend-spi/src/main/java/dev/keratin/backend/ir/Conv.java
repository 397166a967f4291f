package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Convolution with the geometry of ConvSpec. Operands: input, kernel, of the same floating type. Result: output.
 */
public record Conv(ConvSpec spec) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.only(this, operands, 2);
        return List.of(operands.get(0).withShape(ConvRules.outputShape(this, spec, operands)));
    }
}
