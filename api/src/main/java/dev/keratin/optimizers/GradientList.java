package dev.keratin.optimizers;

import dev.keratin.Tensor;
import dev.keratin.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of one step that are there.
 *
 * @param who the optimizer, for messages
 * @param gradients not null
 * @param variables one for each gradient
 * @param missing names of the variables whose gradient was null
 */
record GradientList(Optimizer who, List<Tensor> gradients, List<Variable> variables, List<String> missing) {
    static GradientList of(Optimizer who, List<? extends @Nullable Tensor> gradients, List<Variable> variables) {
        requireOneEach(who, gradients, variables);
        List<Tensor> present = new ArrayList<>();
        List<Variable> changed = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            Tensor gradient = gradients.get(i);
            if (gradient == null) {
                missing.add(variables.get(i).name());
            } else {
                requireShape(who, gradient, variables.get(i));
                present.add(gradient);
                changed.add(variables.get(i));
            }
        }
        if (present.isEmpty()) {
            throw new IllegalArgumentException(who + ": a gradient for at least one variable is required. Received: null for"
                    + " all of " + missing + ". Compute the loss from these variables while the gradient tape is open.");
        }
        return new GradientList(who, present, changed, missing);
    }

    void requireKnown(List<Variable> trainable) {
        Set<Variable> known = new HashSet<>(trainable);
        for (Variable variable : variables) {
            if (!known.contains(variable)) {
                throw new IllegalArgumentException(who + ": variables that the optimizer was built for are required."
                        + " Received: " + variable + ". Make a new optimizer for other variables.");
            }
        }
    }

    private static void requireOneEach(
            Optimizer who, List<? extends @Nullable Tensor> gradients, List<Variable> variables) {
        if (gradients.size() != variables.size()) {
            throw new IllegalArgumentException(who + ": one gradient for each variable is required. Received: "
                    + gradients.size() + " gradients and " + variables.size() + " variables.");
        }
    }

    private static void requireShape(Optimizer who, Tensor gradient, Variable variable) {
        if (!gradient.shape().equals(variable.shape())) {
            throw new IllegalArgumentException(who + ": a gradient of its variable's shape is required. Received: "
                    + gradient.type() + " for " + variable + ".");
        }
    }
}
