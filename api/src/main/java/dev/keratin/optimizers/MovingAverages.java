package dev.keratin.optimizers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import java.util.List;

/**
 * Exponential moving averages of variables: {@code average = momentum * average + (1 - momentum) * value}, where the
 * first update takes the value as it is.
 */
final class MovingAverages {
    private static final String SLOT = "average";

    private final Slots slots;
    private final OptimizerOptions options;

    MovingAverages(Slots slots, OptimizerOptions options) {
        this.slots = slots;
        this.options = options;
        slots.add(SLOT);
    }

    boolean has(Variable variable) {
        return slots.has(variable, SLOT);
    }

    Variable of(Variable variable) {
        return slots.get(variable, SLOT);
    }

    void update(Tensor updatesMade, Gate gate) {
        Tensor notFirst = Ops.notEqual(updatesMade, 0);
        for (Variable variable : slots.trainable()) {
            Tensor momentum = Ops.multiply(Ops.cast(notFirst, variable.dtype()), options.emaMomentum);
            Variable average = of(variable);
            Tensor mean = Ops.add(Ops.multiply(momentum, average.value()),
                    Ops.multiply(Ops.subtract(1, momentum), variable.value()));
            gate.assign(average, mean);
        }
        if (options.emaOverwriteFrequency > 0) {
            Tensor due = Ops.equal(Ops.mod(Ops.add(updatesMade, 1), options.emaOverwriteFrequency), 0);
            Gate overwriting = gate.and(due);
            slots.trainable().forEach(variable -> overwriting.assign(variable, of(variable).value()));
        }
    }

    void overwrite(List<Variable> variables) {
        variables.forEach(variable -> variable.assign(of(variable).value()));
    }
}
