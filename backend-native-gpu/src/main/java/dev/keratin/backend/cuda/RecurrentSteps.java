package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Value;
import java.util.Optional;
import java.util.function.Consumer;

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

    /** The states before a step: the initial ones, or those of the step before in all states [batch, time, units]. */
    Slot before(Slot initial, Slot all, long step) {
        return step == 0 ? initial : at(all, 1, step - 1);
    }

    /** A kernel of a step, without what is its own. */
    StepKernel kernel(String function, long step) {
        return new StepKernel(this, function).numbers(units, time).mask(step);
    }

    /** A kernel of a step of the gradient, without what is its own: the states before it are the initial ones, or among all states. */
    StepKernel backwardKernel(String function, long step) {
        return kernel(function, step).numbers(step == time - 1 ? 1 : 0, step == 0 ? units : time * units);
    }

    /** The kernel that writes the gradient of an initial state, without its operands. */
    StepKernel initialGradient() {
        return new StepKernel(this, "initial_gradient").numbers(time);
    }

    /**
     * Adds the steps of the sequence: for each a product of the state before, the second operand of the node at first, with
     * the recurrent matrix, then a kernel.
     */
    void forward(Slot recurrent, Forward kernel) {
        if (states() == 0) {
            return;
        }
        Slot product = wide(width() / units);
        Consumer<Slot> multiply = product(recurrent, product, false, width(), units);
        Slot h = scratch(1);
        for (long step = 0; step < time; step++) {
            Slot before = step == 0 ? operand(1) : h;
            multiply.accept(before);
            kernel.of(step, before, product, h).launch();
        }
    }

    /**
     * Adds the steps of the gradient, the last one first: for each a kernel, then a product of the gradient of the sums with
     * the transposed recurrent matrix.
     *
     * @param initial where the gradient of the initial state goes
     */
    void backward(Slot recurrent, Slot initial, Backward kernel) {
        if (states() == 0) {
            return;
        }
        Slot gradient = scratch(width() / units);
        Slot product = wide(1);
        Consumer<Slot> multiply = product(recurrent, product, true, units, width());
        Slot dh = wide(1);
        for (long step = time - 1; step >= 0; step--) {
            kernel.of(step, product, dh, gradient).launch();
            multiply.accept(gradient);
        }
        initialGradient().keep(dh, product).write(initial).launch();
    }

    private long width() {
        return sums.shape().dim(2);
    }

    /** Adds products of a value [batch, k] with the recurrent matrix; all of them work in the same memory. */
    private Consumer<Slot> product(Slot recurrent, Slot to, boolean transposed, long n, long k) {
        Product product = new Product(dtype(), CTypes.wide(dtype()), false, transposed, batch, n, k, 1, 0, 0);
        LibraryCall call = code.driver().product(product).orElseThrow(() -> new IllegalStateException(
                "cuda: an algorithm of cuBLASLt is required. Received: none for " + product + "."));
        Slot working = code.scratch(call.scratchBytes());
        return from -> code.call(call, working, "product of a step " + node.scope(), from, recurrent, to);
    }

    /** The kernel of a step. */
    @FunctionalInterface
    interface Forward {
        /**
         * All but its launch.
         *
         * @param before the state before the step
         * @param product of it and the recurrent matrix
         * @param h where the state after the step goes
         */
        StepKernel of(long step, Slot before, Slot product, Slot h);
    }

    /** The kernel of a step of the gradient. */
    @FunctionalInterface
    interface Backward {
        /**
         * All but its launch.
         *
         * @param product what the next step's sums give to the gradient of the state
         * @param dh what is left of the gradient of the state beside that
         * @param gradient where that of the step's sums goes
         */
        StepKernel of(long step, Slot product, Slot dh, Slot gradient);
    }
}
