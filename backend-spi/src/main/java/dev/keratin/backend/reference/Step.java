package dev.keratin.backend.reference;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Node;
import java.util.List;

/**
 * A node prepared to run.
 *
 * @param node what is computed
 * @param kernel the function that computes it
 * @param bodies the programs of control flow, prepared
 * @param dead the ids of the values that nothing reads afterwards
 */
record Step(Node node, Kernels.Kernel kernel, List<Plan> bodies, int[] dead) {
    /** The type of the only result. */
    TensorType result() {
        return result(0);
    }

    /** The type of a result. */
    TensorType result(int index) {
        return node.outputs().get(index).type();
    }
}
