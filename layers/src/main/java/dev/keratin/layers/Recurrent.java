package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that runs a cell along the steps of sequences.
 *
 * <p>Input [batch, time, features], and, if given, the states to start with, [batch, units] each: {@code
 * lstm.apply(x, h, c)}. Output: that of the last step [batch, units], or of all [batch, time, units]; then the last states
 * if asked for, which {@link #applyAll} gives. A masked step repeats the output and keeps the states of the step before;
 * before the first step that counts the output is 0. As in Keras, a mask that came with the input is passed on but not
 * looked at when initial states are given.
 *
 * @param <S> the layer's own class
 */
public abstract class Recurrent<S extends Recurrent<S>> extends FluentLayer<S> {
    /** The output of each step [batch, time, units], of the last one, and the last states. */
    record Run(Tensor outputs, Tensor last, List<Tensor> states) {}

    private boolean returnSequences;
    private boolean returnState;
    private boolean goBackwards;
    private boolean stateful;
    private boolean unroll;
    private boolean zeroOutputForMask;
    private List<Variable> kept = List.of();

    /** A layer with Keras's defaults. */
    protected Recurrent() {}

    /** What runs at each step. */
    public abstract RecurrentCell<?> cell();

    /** Hands settings on to the cell before it is built; nothing unless overridden. */
    void prepareCell() {}

    /** The whole sequence at once, where the backend can; null to go step by step. */
    @Nullable Run whole(Tensor sequence, List<Tensor> initial, @Nullable Tensor mask, List<Tensor> drawn) {
        return null;
    }

    /** Whether the output of every step is given; false by default. */
    public final S returnSequences(boolean all) {
        returnSequences = all;
        return self();
    }

    /** Whether the last states are given after the output; false by default. */
    public final S returnState(boolean states) {
        returnState = states;
        return self();
    }

    /** Whether the last step comes first, and outputs are given in that order; false by default. */
    public final S goBackwards(boolean backwards) {
        goBackwards = backwards;
        return self();
    }

    /** Whether a batch starts with the states that the one before ended with; false by default. Needs a known batch size. */
    public final S stateful(boolean keep) {
        stateful = keep;
        return self();
    }

    /** Whether the compiled step repeats the cell for each step instead of looping; the numbers are the same. */
    public final S unroll(boolean repeat) {
        unroll = repeat;
        return self();
    }

    /** Whether the output of masked steps is 0; false by default. */
    public final S zeroOutputForMask(boolean zero) {
        zeroOutputForMask = zero;
        return self();
    }

    final boolean returnsSequences() {
        return returnSequences;
    }

    final boolean returnsState() {
        return returnState;
    }

    final boolean goesBackwards() {
        return goBackwards;
    }

    final boolean isStateful() {
        return stateful;
    }

    /** Makes the next batch start with zeros again, if the layer is stateful. */
    public final void resetState() {
        kept.forEach(state -> state.assign(Ops.zeros(state.shape(), state.dtype())));
    }

    @Override
    protected final boolean supportsMasking() {
        return true;
    }

    @Override
    protected final void checkInputs(List<TensorType> inputs) {
        checkSequence(inputs.get(0));
        int states = cell().stateShapes().size();
        if (inputs.size() != 1 && inputs.size() != 1 + states) {
            throw new IllegalArgumentException(who() + ": the input alone or with " + states
                    + " initial states is required. Received: " + inputs + ".");
        }
    }

    /** Refuses sequences that don't fit. */
    void checkSequence(TensorType sequence) {
        if (sequence.shape().rank() != 3) {
            throw new IllegalArgumentException(who() + ": an input [batch, time, features] is required. Received: " + sequence
                    + ". For one feature add an axis with expandDims(x, -1); for tokens put embedding(...) before this layer.");
        }
        InputRules.lastAxis(this, sequence);
    }

    @Override
    protected final void build(List<Shape> inputShapes) {
        Shape sequence = inputShapes.get(0);
        prepareCell();
        cell().ensureBuilt(List.of(new TensorType(computeDType(), sequence.remove(1))));
        if (stateful) {
            makeStates(sequence.dim(0));
        }
    }

    private void makeStates(long batch) {
        if (batch == Shape.UNKNOWN) {
            throw new IllegalArgumentException(who() + ": a known batch size is required by a stateful layer. Received: an"
                    + " unknown one. Use batchInput(dtype, Shape.of(batch, time, features)).");
        }
        List<Variable> states = new ArrayList<>();
        for (Shape shape : cell().stateShapes()) {
            states.add(new Variable(Ops.zeros(Shape.of(batch).concat(shape), variableDType()), false, "rnn_state"));
        }
        kept = List.copyOf(states);
    }

    @Override
    protected final List<Tensor> call(List<Tensor> inputs, CallContext context) {
        Tensor sequence = inputs.get(0);
        List<Tensor> initial = initial(sequence, inputs.subList(1, inputs.size()));
        Run run = run(Ops.cast(sequence, cell().computeDType()), initial, inputs.size() > 1 ? null : context.mask(), context.training());
        if (stateful) {
            for (int i = 0; i < kept.size(); i++) {
                kept.get(i).assign(Ops.cast(run.states().get(i), variableDType()));
            }
        }
        List<Tensor> results = new ArrayList<>();
        results.add(returnSequences ? run.outputs() : run.last());
        if (returnState) {
            results.addAll(run.states());
        }
        return results.stream().map(result -> Ops.cast(result, computeDType())).toList();
    }

    private List<Tensor> initial(Tensor sequence, List<Tensor> given) {
        if (!given.isEmpty()) {
            return given.stream().map(state -> Ops.cast(state, cell().computeDType())).toList();
        }
        long batch = sequence.shape().dim(0);
        if (!stateful) {
            return cell().initialState(batch);
        }
        if (kept.get(0).shape().dim(0) != batch) {
            throw new IllegalArgumentException(who() + ": batches of " + kept.get(0).shape().dim(0) + " are required by a"
                    + " stateful layer. Received: " + sequence.type() + ". Leave out the last, smaller batch.");
        }
        return kept.stream().map(state -> Ops.cast(state.value(), cell().computeDType())).toList();
    }

    private Run run(Tensor input, List<Tensor> initial, @Nullable Tensor given, boolean training) {
        List<Tensor> drawn = cell().draw(input.shape().dim(0), training);
        Tensor sequence = goBackwards ? Ops.flip(input, 1) : input;
        Tensor mask = given == null ? null : goBackwards ? Ops.flip(given, 1) : given;
        Run whole = whole(sequence, initial, mask, drawn);
        if (whole == null) {
            Tensor prepared = cell().prepare(sequence, drawn);
            return unroll ? unrolled(prepared, initial, mask, drawn) : scanned(prepared, initial, mask, drawn);
        }
        return mask == null ? whole : withoutUncounted(whole, mask);
    }

    /** Outputs as Keras gives them for masked steps. */
    private Run withoutUncounted(Run run, Tensor mask) {
        Tensor steps = Ops.cast(mask, DType.INT32);
        Tensor shown = zeroOutputForMask ? mask : Ops.greater(Ops.cumsum(steps, 1), 0);
        Tensor outputs = Ops.where(Ops.expandDims(shown, 2), run.outputs(), 0);
        return new Run(outputs, Ops.take(outputs, -1, 1), run.states());
    }

    private Run scanned(Tensor prepared, List<Tensor> initial, @Nullable Tensor mask, List<Tensor> drawn) {
        List<Tensor> carries = new ArrayList<>(initial);
        carries.add(noOutput(prepared));
        List<Tensor> sequences = new ArrayList<>();
        sequences.add(Ops.swapaxes(prepared, 0, 1));
        if (mask != null) {
            sequences.add(alongOutput(Ops.transpose(mask, 1, 0)));
        }
        Ops.Scanned scanned = Ops.scan((before, at) -> {
            List<Tensor> next = step(at.get(0), before, at.size() > 1 ? at.get(1) : null, drawn);
            Tensor output = next.get(next.size() - 1);
            return new Ops.Scanned(next, returnSequences ? List.of(output) : List.of());
        }, carries, sequences);
        Tensor last = scanned.carries().get(initial.size());
        Tensor outputs = returnSequences ? Ops.swapaxes(scanned.outputs().get(0), 0, 1) : last;
        return new Run(outputs, last, scanned.carries().subList(0, initial.size()));
    }

    private Run unrolled(Tensor prepared, List<Tensor> initial, @Nullable Tensor mask, List<Tensor> drawn) {
        List<Tensor> state = new ArrayList<>(initial);
        state.add(noOutput(prepared));
        List<Tensor> outputs = new ArrayList<>();
        for (int t = 0; t < prepared.shape().dim(1); t++) {
            Tensor counts = mask == null ? null : alongOutput(Ops.take(mask, t, 1));
            state = step(Ops.take(prepared, t, 1), state, counts, drawn);
            outputs.add(state.get(initial.size()));
        }
        Tensor last = state.get(initial.size());
        return new Run(returnSequences ? Ops.stack(outputs, 1) : last, last, state.subList(0, initial.size()));
    }

    private Tensor noOutput(Tensor prepared) {
        return Ops.zeros(Shape.of(prepared.shape().dim(0)).concat(cell().outputShape()), cell().computeDType());
    }

    /** A mask with axes of length 1 in place of those of the output. */
    private Tensor alongOutput(Tensor mask) {
        Tensor wide = mask;
        for (int i = 0; i < cell().outputShape().rank(); i++) {
            wide = Ops.expandDims(wide, -1);
        }
        return wide;
    }

    /** From the states and the output of one step to those of the next. */
    private List<Tensor> step(Tensor prepared, List<Tensor> before, @Nullable Tensor counts, List<Tensor> drawn) {
        int states = before.size() - 1;
        List<Tensor> result = cell().advance(prepared, before.subList(0, states), drawn);
        List<Tensor> next = new ArrayList<>(result.subList(1, result.size()));
        next.add(result.get(0));
        if (counts == null) {
            return next;
        }
        for (int i = 0; i < states; i++) {
            next.set(i, Ops.where(counts, next.get(i), before.get(i)));
        }
        Tensor output = next.get(states);
        next.set(states, zeroOutputForMask ? Ops.where(counts, output, 0) : Ops.where(counts, output, before.get(states)));
        return next;
    }

    /** The input's mask for a sequence of outputs; none for the last output and for states. */
    @Override
    protected final List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        List<@Nullable Tensor> result = new ArrayList<>(Collections.nCopies(outputs.size(), (@Nullable Tensor) null));
        result.set(0, returnSequences ? masks.get(0) : null);
        return result;
    }

    @Override
    public final @Nullable String inputKeyword(TensorType input, int index) {
        return index == 0 ? null : "initial_state";
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("return_sequences", returnSequences);
        config.put("return_state", returnState);
        config.put("go_backwards", goBackwards);
        config.put("stateful", stateful);
        config.put("unroll", unroll);
        return config.put("zero_output_for_mask", zeroOutputForMask);
    }

    /** Takes over what {@link #config} of this class wrote. */
    protected final S configureRecurrent(ObjectNode config) {
        configure(config);
        returnSequences = Json.bool(config, "return_sequences", false);
        returnState = Json.bool(config, "return_state", false);
        goBackwards = Json.bool(config, "go_backwards", false);
        stateful = Json.bool(config, "stateful", false);
        unroll = Json.bool(config, "unroll", false);
        zeroOutputForMask = Json.bool(config, "zero_output_for_mask", false);
        return self();
    }
}
