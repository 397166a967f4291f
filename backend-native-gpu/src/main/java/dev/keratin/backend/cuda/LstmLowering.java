package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Node;

/** Writes the LSTM over a sequence and its gradient. */
final class LstmLowering {
    private static final int GATES = 4;

    private LstmLowering() {}

    static void forward(Node node, Code code) {
        RecurrentSteps steps = new RecurrentSteps(node, code, node.inputs().get(0), node.inputs().get(1));
        if (steps.states() == 0) {
            return;
        }
        Slot product = steps.wide(GATES);
        RecurrentSteps.Recurrence recurrence = steps.forward(steps.operand(3), product);
        Slot h = steps.scratch(1);
        Slot c = steps.wide(1);
        for (long t = 0; t < steps.time(); t++) {
            Slot before = t == 0 ? steps.operand(1) : h;
            recurrence.of(before);
            new StepKernel(steps, "lstm_forward").numbers(steps.units(), steps.time()).mask(t).numbers(t == 0 ? 1 : 0)
                    .read(steps.at(steps.operand(0), GATES, t), before, steps.operand(2)).keep(product, c)
                    .write(h, steps.at(steps.result(0), 1, t), steps.at(steps.result(1), 1, t), steps.at(steps.result(2), GATES, t))
                    .launch();
        }
    }

    static void backward(Node node, Code code) {
        RecurrentSteps steps = new RecurrentSteps(node, code, node.outputs().get(0), node.inputs().get(0));
        if (steps.states() == 0) {
            return;
        }
        Slot dz = steps.scratch(GATES);
        Slot product = steps.wide(1);
        RecurrentSteps.Recurrence recurrence = steps.backward(steps.operand(2), product);
        Slot dh = steps.wide(1);
        Slot dc = steps.wide(1);
        for (long t = steps.time() - 1; t >= 0; t--) {
            new StepKernel(steps, "lstm_backward").numbers(steps.units(), steps.time()).mask(t)
                    .numbers(t == steps.time() - 1 ? 1 : 0, steps.widthBefore(t))
                    .read(steps.before(steps.operand(1), steps.operand(4), t), steps.at(steps.operand(4), 1, t))
                    .read(steps.at(steps.operand(5), GATES, t), steps.at(steps.operand(6), 1, t), steps.at(steps.operand(7), 1, t))
                    .keep(product, dh, dc).write(steps.at(steps.result(0), GATES, t), dz).launch();
            recurrence.of(dz);
        }
        new StepKernel(steps, "initial_gradient").numbers(steps.time()).keep(dh, product).write(steps.result(1)).launch();
        new StepKernel(steps, "initial_gradient").numbers(steps.time()).keep(dc).none().write(steps.result(2)).launch();
    }
}
