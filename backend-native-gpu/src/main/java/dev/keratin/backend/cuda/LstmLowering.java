package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Node;

/** Writes the LSTM over a sequence and its gradient. */
final class LstmLowering {
    private static final int GATES = 4;

    private LstmLowering() {}

    static void forward(Node node, Code code) {
        RecurrentSteps steps = new RecurrentSteps(node, code, node.inputs().get(0), node.inputs().get(1));
        Slot c = steps.wide(1);
        steps.forward(steps.operand(3), (t, before, product, h) -> steps.kernel("lstm_forward", t).numbers(t == 0 ? 1 : 0)
                .read(steps.at(steps.operand(0), GATES, t), before, steps.operand(2)).keep(product, c)
                .write(h, steps.at(steps.result(0), 1, t), steps.at(steps.result(1), 1, t), steps.at(steps.result(2), GATES, t)));
    }

    static void backward(Node node, Code code) {
        RecurrentSteps steps = new RecurrentSteps(node, code, node.outputs().get(0), node.inputs().get(0));
        Slot dc = steps.wide(1);
        steps.backward(steps.operand(2), steps.result(1), (t, product, dh, dz) -> steps.backwardKernel("lstm_backward", t)
                .read(steps.before(steps.operand(1), steps.operand(4), t), steps.at(steps.operand(4), 1, t))
                .read(steps.at(steps.operand(5), GATES, t), steps.at(steps.operand(6), 1, t), steps.at(steps.operand(7), 1, t))
                .keep(product, dh, dc).write(steps.at(steps.result(0), GATES, t), dz));
        steps.initialGradient().keep(dc).none().write(steps.result(2)).launch();
    }
}
