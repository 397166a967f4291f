package dev.keratin.optimizers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums gradients over a number of steps, after which their mean is used and the sum starts again. */
final class GradientAccumulator {
    private static final String SLOT = "gradient_accumulator";

    private final Slots slots;
    private final int steps;

    GradientAccumulator(Slots slots, int steps) {
        this.slots = slots;
        this.steps = steps;
        slots.add(SLOT);
    }

    /** How many groups were completed before this step. */
    Tensor groups(Tensor iterations) {
        return Ops.floorDivide(iterations, steps);
    }

    /** Whether this step completes a group. */
    Tensor isComplete(Tensor iterations) {
        return Ops.equal(Ops.mod(Ops.add(iterations, 1), steps), 0);
    }

    /** Adds gradients and returns the means so far, which count only where the group is complete. */
    List<Tensor> add(List<Variable> variables, List<Tensor> gradients, Gate gate, Tensor iterations) {
        Tensor complete = isComplete(iterations);
        Map<Variable, Tensor> given = new HashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            given.put(variables.get(i), gradients.get(i));
        }
        Map<Variable, Tensor> sums = new HashMap<>();
        for (Variable variable : slots.trainable()) {
            Variable accumulated = slots.get(variable, SLOT);
            Tensor gradient = given.get(variable);
            Tensor sum = gradient == null ? accumulated.value()
                    : Ops.add(Ops.cast(gradient, variable.dtype()), accumulated.value());
            sums.put(variable, sum);
            gate.assign(accumulated, Ops.where(complete, 0, sum));
        }
        List<Tensor> means = new ArrayList<>();
        variables.forEach(variable -> means.add(Ops.divide(sums.get(variable), steps)));
        return means;
    }
}
