package dev.keratin.optimizers;

import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.Variable;
import dev.keratin.config.Configurable;
import dev.keratin.optimizers.schedules.LearningRateSchedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes variables along gradients so that a loss falls. Its own state (counters, momenta, averages) is variables too.
 *
 * <p>{@link #apply} is made of ops, so it works eagerly and as a part of a compiled step. To write an optimizer of one's
 * own, extend {@link BaseOptimizer}. Not safe for use by several threads.
 */
public abstract class Optimizer implements Configurable {
    Optimizer() {}

    /** What it is called in messages and files. */
    public abstract String name();

    /** Whether {@link #build} has been called. */
    public abstract boolean isBuilt();

    /**
     * Makes the state for the variables that are going to be trained; harmless when repeated. {@link #apply} does it if
     * nobody has, but before a step is compiled it has to be called.
     */
    public abstract void build(List<Variable> trainable);

    /**
     * Takes one step.
     *
     * @param gradients of the loss with respect to each variable, of its shape; null where the loss does not depend on
     *     it: such variables stay as they are, and a warning names them
     * @param variables as many as gradients, among those it was built for
     * @throws IllegalArgumentException if all gradients are null, or a variable is not one of those it was built for
     */
    public final void apply(List<? extends @Nullable Tensor> gradients, List<Variable> variables) {
        apply(gradients, variables, null);
    }

    /** Takes one step if the condition (a bool scalar) holds; null for always. */
    abstract void apply(
            List<? extends @Nullable Tensor> gradients, List<Variable> variables, @Nullable Tensor condition);

    /** Its state in the order in which Keras files hold it: iteration, learning rate (unless a schedule), the rest. */
    public abstract List<Variable> variables();

    /** How many steps have been taken; int64 scalar. */
    public abstract Variable iterations();

    /** The learning rate of the next step; a scalar, not to be closed. */
    public abstract Tensor learningRate();

    /**
     * Sets the learning rate; a compiled step uses the new one from its next run.
     *
     * @throws IllegalStateException if the learning rate is a schedule
     */
    public abstract Optimizer learningRate(double learningRate);

    /** Lets the learning rate follow a schedule; to be called before a step is compiled. */
    public abstract Optimizer learningRate(LearningRateSchedule schedule);

    /** The learning rate of the next step as a number. */
    public final double currentLearningRate() {
        TensorScope scope = new TensorScope();
        try {
            return learningRate().item();
        } finally {
            scope.close();
        }
    }

    /** The loss to differentiate: multiplied by the loss scale if there is one; {@link #apply} divides by it. */
    public abstract Tensor scaleLoss(Tensor loss);

    /** To be called when training ends: replaces the variables by their moving averages if such are kept. */
    public abstract void finalizeVariableValues(List<Variable> variables);

    /** The moving average of a trained variable; null if none is kept, or the state has not been made. */
    public abstract @Nullable Variable average(Variable variable);

    @Override
    public String toString() {
        return className() + " \"" + name() + "\"";
    }
}
