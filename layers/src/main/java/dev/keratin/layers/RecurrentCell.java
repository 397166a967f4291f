package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a recurrent layer: a function of an input [batch, features] and of states [batch, ...] to an output and the
 * next states. {@link RNN} runs it along sequences.
 *
 * <p>A subclass of one's own overrides {@link #stateShapes}, {@link #build(List)} and {@link #step}. Called as a layer on
 * (input, states...), it gives (output, next states...).
 *
 * @param <S> the cell's own class
 */
public abstract class RecurrentCell<S extends RecurrentCell<S>> extends FluentLayer<S> {
    /** A cell with Keras's defaults. */
    protected RecurrentCell() {}

    /** The shape of each state without the batch, such as [units]; known when the cell is built. */
    public abstract List<Shape> stateShapes();

    /** The shape of the output without the batch; that of the first state unless overridden. */
    public Shape outputShape() {
        return stateShapes().get(0);
    }

    /**
     * The random numbers that one call needs, the same at all steps, drawn before the first; none unless overridden.
     *
     * @param training whether dropout drops
     */
    protected List<Tensor> draw(long batch, boolean training) {
        return List.of();
    }

    /** How many tensors {@link #draw} gives in training; 0 unless overridden. */
    protected int draws() {
        return 0;
    }

    /**
     * Computes one step. It may be traced once for many steps, so it must not assign variables or draw random numbers.
     *
     * @param input [batch, features]
     * @param states [batch, ...] each
     * @param drawn what {@link #draw} gave
     * @return the output, then the next states, of the types of the states
     */
    protected abstract List<Tensor> step(Tensor input, List<Tensor> states, List<Tensor> drawn);

    /** What can be computed of a sequence for all steps at once; the sequence itself unless overridden. */
    Tensor prepare(Tensor sequence, List<Tensor> drawn) {
        return sequence;
    }

    /** {@link #step} on a step of what {@link #prepare} gave. */
    List<Tensor> advance(Tensor prepared, List<Tensor> states, List<Tensor> drawn) {
        return step(prepared, states, drawn);
    }

    /** The states of a sequence's first step: zeros. */
    public final List<Tensor> initialState(long batch) {
        List<Tensor> states = new ArrayList<>();
        stateShapes().forEach(shape -> states.add(Ops.zeros(Shape.of(batch).concat(shape), computeDType())));
        return states;
    }

    @Override
    protected final List<Tensor> call(List<Tensor> inputs, CallContext context) {
        Tensor input = inputs.get(0);
        List<Tensor> states = inputs.subList(1, inputs.size());
        if (states.size() != stateShapes().size()) {
            throw new IllegalArgumentException(who() + ": an input and " + stateShapes().size() + " states of shapes "
                    + stateShapes() + " are required. Received: " + InputRules.types(inputs) + ". Start with initialState(batch).");
        }
        return step(input, states, draw(input.shape().dim(0), context.training()));
    }
}
