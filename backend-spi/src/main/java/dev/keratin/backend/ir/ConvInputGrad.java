package dev.keratin.backend.ir;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;

/**
 * Transposed convolution: the gradient of a Conv with respect to its input. Operands: output gradient, kernel. Result:
 * the given shape, which a Conv with this kernel would map to the shape of the output gradient.
 */
public record ConvInputGrad(ConvSpec spec, Shape inputShape) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType gradient = Rules.only(this, operands, 2).get(0);
        ConvRules.requireOutput(this, spec, gradient.withShape(inputShape), operands.get(1), gradient);
        return List.of(gradient.withShape(inputShape));
    }
}
