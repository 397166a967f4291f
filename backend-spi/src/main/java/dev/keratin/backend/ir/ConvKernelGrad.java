package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * The gradient of a Conv with respect to its kernel. Operands: input, output gradient. Result: the given shape.
 */
public record ConvKernelGrad(ConvSpec spec, Shape kernelShape) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType input = Rules.only(this, operands, 2).get(0);
        ConvRules.requireOutput(this, spec, input, input.withShape(kernelShape), operands.get(1));
        return List.of(input.withShape(kernelShape));
    }
}
