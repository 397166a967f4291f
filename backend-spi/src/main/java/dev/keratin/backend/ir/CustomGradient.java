package dev.keratin.backend.ir;

import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Some operands themselves, and whose gradient they have. Operands: values, inputs, what else the gradient is computed
 * from. Results: the values. The program maps (gradients of the values..., what else...) to the gradients of the inputs;
 * it has no updates, and nothing runs it where no gradient is asked for.
 */
public record CustomGradient(Program gradient, int values, int inputs) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Rules.require(this, operands.size() >= values + inputs, "values and inputs", operands, "");
        List<TensorType> arguments = new ArrayList<>(operands.subList(0, values));
        arguments.addAll(operands.subList(values + inputs, operands.size()));
        Rules.requireBody(this, "gradient", gradient, arguments);
        Rules.require(this, gradient.resultTypes().equals(operands.subList(values, values + inputs)),
                "a gradient of the type of each input", operands, "");
        return List.copyOf(operands.subList(0, values));
    }

    @Override
    public String toString() {
        return "CustomGradient[values=" + values + ", inputs=" + inputs + "]";
    }
}
