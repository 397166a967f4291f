package dev.keratin.optimizers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import java.util.LinkedHashMap;
import java.util.Map;

/** One variable in one step of an optimizer. All tensors have the variable's element type. */
public final class Update {
    private final Step step;
    private final Variable variable;
    private final Tensor value;
    private final Tensor gradient;
    private final Map<String, Tensor> replaced = new LinkedHashMap<>();

    Update(Step step, Variable variable, Tensor value, Tensor gradient) {
        this.step = step;
        this.variable = variable;
        this.value = value;
        this.gradient = Ops.cast(gradient, variable.dtype());
    }

    /** The variable that is trained. */
    public Variable variable() {
        return variable;
    }

    /** Its value after weight decay. */
    public Tensor value() {
        return value;
    }

    /** The gradient after unscaling, accumulation and clipping. */
    public Tensor gradient() {
        return gradient;
    }

    /** The learning rate, a scalar. */
    public Tensor learningRate() {
        return step.learningRate(variable.dtype());
    }

    /** How many updates were made, this one included: 1 in the first step; a scalar. */
    public Tensor number() {
        return step.number(variable.dtype());
    }

    /** The value that a slot had before this step. */
    public Tensor slot(String name) {
        return step.slots().get(variable, name).value();
    }

    /** Whether this variable has the slot. */
    public boolean hasSlot(String name) {
        return step.slots().has(variable, name);
    }

    /** Replaces the value of a slot at the end of the update, and returns the new one. */
    public Tensor set(String name, Tensor newValue) {
        replaced.put(name, newValue);
        return newValue;
    }

    /**
     * Moves a slot towards a value by a share of the way, which keeps a moving mean of such values.
     *
     * @return the slot's new value: {@code old + (target - old) * share}
     */
    public Tensor move(String name, Tensor target, double share) {
        Tensor old = slot(name);
        return set(name, Ops.add(old, Ops.multiply(Ops.subtract(target, old), share)));
    }

    /** {@code 1 - kept^number}: what a moving mean that began at 0 and keeps that share is to be divided by; a scalar. */
    public Tensor biasCorrection(double kept) {
        return Ops.subtract(1, Ops.power(kept, number()));
    }

    /** Puts all new values in their places. */
    void commit(Tensor newValue) {
        replaced.forEach((name, tensor) -> step.gate().assign(step.slots().get(variable, name), tensor));
        step.gate().assign(variable, newValue);
    }

    /** The value of a scalar that belongs to all variables, in this variable's element type. */
    public Tensor shared(String name) {
        return Ops.cast(step.shared(name), variable.dtype());
    }
}
