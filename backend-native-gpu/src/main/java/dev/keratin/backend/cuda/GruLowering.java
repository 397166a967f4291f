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
        steps.forward(steps.operand(2), (t, before, product, h) -> steps.kernel("gru_forward", t)
                .read(steps.at(steps.operand(0), GATES, t), steps.operand(3), before).keep(product)
                .write(h, steps.at(steps.result(0), 1, t), steps.at(steps.result(1), KEPT, t)));
    }

    static void backward(Node node, Code code) {
        RecurrentSteps steps = new RecurrentSteps(node, code, node.outputs().get(0), node.inputs().get(0));
        steps.backward(steps.operand(1), steps.result(2), (t, product, dh, dr) -> steps.backwardKernel("gru_backward", t)
                .read(steps.before(steps.operand(0), steps.operand(2), t), steps.at(steps.operand(3), KEPT, t))
                .read(steps.at(steps.operand(4), 1, t)).keep(product, dh)
                .write(steps.at(steps.result(0), GATES, t), steps.at(steps.result(1), GATES, t), dr));
    }
}
