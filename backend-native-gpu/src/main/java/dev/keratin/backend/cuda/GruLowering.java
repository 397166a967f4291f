package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Node;

/** Writes the GRU over a sequence and its gradient. */
final class GruLowering {
    private static final int GATES = 3;
    /** The gates and what the reset gate multiplies. */
    private static final int KEPT = 4;

    private GruLowering() {}

    static void forward(Node node, Code code) {
        RecurrentSteps steps = new RecurrentSteps(node, code, node.inputs().get(0), node.inputs().get(1));
        if (steps.states() == 0) {
            return;
        }
        Slot product = steps.wide(GATES);
        RecurrentSteps.Recurrence recurrence = steps.forward(steps.operand(2), product);
        Slot h = steps.scratch(1);
        for (long t = 0; t < steps.time(); t++) {
            Slot before = t == 0 ? steps.operand(1) : h;
            recurrence.of(before);
            new StepKernel(steps, "gru_forward").numbers(steps.units(), steps.time()).mask(t)
                    .read(steps.at(steps.operand(0), GATES, t), steps.operand(3), before).keep(product)
                    .write(h, steps.at(steps.result(0), 1, t), steps.at(steps.result(1), KEPT, t)).launch();
        }
    }

    static void backward(Node node, Code code) {
        RecurrentSteps steps = new RecurrentSteps(node, code, node.outputs().get(0), node.inputs().get(0));
        if (steps.states() == 0) {
            return;
        }
        Slot dr = steps.scratch(GATES);
        Slot product = steps.wide(1);
        RecurrentSteps.Recurrence recurrence = steps.backward(steps.operand(1), product);
        Slot dh = steps.wide(1);
        for (long t = steps.time() - 1; t >= 0; t--) {
            new StepKernel(steps, "gru_backward").numbers(steps.units(), steps.time()).mask(t)
                    .numbers(t == steps.time() - 1 ? 1 : 0, steps.widthBefore(t))
                    .read(steps.before(steps.operand(0), steps.operand(2), t), steps.at(steps.operand(3), KEPT, t))
                    .read(steps.at(steps.operand(4), 1, t)).keep(product, dh)
                    .write(steps.at(steps.result(0), GATES, t), steps.at(steps.result(1), GATES, t), dr).launch();
            recurrence.of(dr);
        }
        new StepKernel(steps, "initial_gradient").numbers(steps.time()).keep(dh, product).write(steps.result(2)).launch();
    }
}
