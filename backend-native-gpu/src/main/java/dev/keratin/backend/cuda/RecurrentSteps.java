package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.Optional;

/**
 * What the recurrent ops share. Each step is a matrix product with the recurrent matrix, by the library, and one kernel
 * over all units for the rest, so a sequence is a list of launches that doesn't depend on values.
 */
final class RecurrentSteps {
    private final Node node;
    private final Code code;
    private final TensorType sums;
    private final long batch;
    private final long time;
    private final long units;

    /**
     * Steps of a node.
     *
     * @param sums a value [batch, time, gates * units]
     * @param state a value [batch, units]
     */
    RecurrentSteps(Node node, Code code, Value sums, Value state) {
        this.node = node;
        this.code = code;
        this.sums = sums.type();
        Shape shape = sums.type().shape();
        this.batch = shape.dim(0);
        this.time = shape.dim(1);
        this.units = state.type().shape().dim(1);
    }

    Code code() {
        return code;
    }

    DType dtype() {
        return sums.dtype();
    }

    /** The element type in kernels. */
    String type() {
        return CTypes.stored(dtype());
    }

    long time() {
        return time;
    }

    long units() {
        return units;
    }

    /** Elements of a state. */
    long states() {
        return batch * units;
    }

    Slot operand(int index) {
        return code.slot(node.inputs().get(index));
    }

    Slot result(int index) {
        return code.slot(node.outputs().get(index));
    }

    /** The mask, if there is one: the only operand that is bool, and the last one. */
    Optional<Slot> mask() {
        Value last = node.inputs().get(node.inputs().size() - 1);
        return last.type().dtype() == DType.BOOL ? Optional.of(code.slot(last)) : Optional.empty();
    }

    /** Where a step begins in a value [batch, time, multiple * units]. */
    Slot at(Slot sequences, long multiple, long step) {
        return sequences.plus(step * multiple * units * dtype().byteSize());
    }

    /** Memory for [batch, multiple * units] of the element type. */
    Slot scratch(long multiple) {
        return code.scratch(multiple * states() * dtype().byteSize());
    }

    /** Memory for [batch, multiple * units] in the type that is computed in. */
    Slot wide(long multiple) {
        return code.scratch(multiple * states() * CTypes.wide(dtype()).byteSize());
    }

    /** Elements between the states of neighbouring sequences before a step: of the initial ones, or in all states. */
    long widthBefore(long step) {
        return step == 0 ? units : time * units;
    }

    /** The states before a step: the initial ones, or those of the step before in all states [batch, time, units]. */
    Slot before(Slot initial, Slot all, long step) {
        return step == 0 ? initial : at(all, 1, step - 1);
    }

    /** From a state [batch, units] to the sums [batch, gates * units]. */
    Recurrence forward(Slot recurrent, Slot to) {
        return recurrence(recurrent, to, new Product(dtype(), CTypes.wide(dtype()), false, false, batch, width(), units, 1, 0, 0));
    }

    /** From the gradient of the sums to that of the state. */
    Recurrence backward(Slot recurrent, Slot to) {
        return recurrence(recurrent, to, new Product(dtype(), CTypes.wide(dtype()), false, true, batch, units, width(), 1, 0, 0));
    }

    private long width() {
        return sums.shape().dim(2);
    }

    private Recurrence recurrence(Slot recurrent, Slot to, Product product) {
        LibraryCall call = code.driver().product(product).orElseThrow(() -> new IllegalStateException(
                "cuda: an algorithm of cuBLASLt is required. Received: none for " + product + "."));
        Slot working = code.scratch(call.scratchBytes());
        return from -> code.call(call, working, "product of a step " + node.scope(), from, recurrent, to);
    }

    /** Adds the product of a step. */
    @FunctionalInterface
    interface Recurrence {
        void of(Slot from);
    }
}
