package dev.keratin.backend.cuda;

import java.util.ArrayList;
import java.util.List;

/** A call of a function of {@code recurrent.cuh} as a kernel; its arguments are given in order. */
final class StepKernel {
    private final RecurrentSteps steps;
    private final String function;
    private final KernelBuilder kernel = new KernelBuilder("recurrent", "elementwise.cuh", "recurrent.cuh");
    private final List<String> arguments = new ArrayList<>();

    /** Begins with the number of elements of a state. */
    StepKernel(RecurrentSteps steps, String function) {
        this.steps = steps;
        this.function = function;
        numbers(steps.states());
    }

    StepKernel numbers(long... values) {
        for (long value : values) {
            arguments.add(kernel.number(value));
        }
        return this;
    }

    /** The mask at a step, or none. */
    StepKernel mask(long step) {
        arguments.add(steps.mask().map(mask -> kernel.pointer(mask.plus(step), "const bool")).orElse("(const bool*)0"));
        return this;
    }

    /** What is read, of the element type of the sequence. */
    StepKernel read(Slot... slots) {
        return pointers("const " + steps.type(), slots);
    }

    /** Nothing in place of what is kept. */
    StepKernel none() {
        arguments.add("(" + CTypes.compute(steps.dtype()) + "*)0");
        return this;
    }

    /** What is written, of the element type of the sequence. */
    StepKernel write(Slot... slots) {
        return pointers(steps.type(), slots);
    }

    /** What is kept between kernels, in the type that is computed in. */
    StepKernel keep(Slot... slots) {
        return pointers(CTypes.compute(steps.dtype()), slots);
    }

    private StepKernel pointers(String type, Slot... slots) {
        for (Slot slot : slots) {
            arguments.add(kernel.pointer(slot, type));
        }
        return this;
    }

    void launch() {
        kernel.line(function + "<" + steps.type() + ">(" + String.join(", ", arguments) + ");");
        kernel.launch(Geometry.loop(steps.states()), function, steps.code());
    }
}
