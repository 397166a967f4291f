package dev.keratin.backend.ir;

import java.util.List;

/**
 * One application of an op in a program.
 *
 * @param op what is computed
 * @param inputs its operands, all defined earlier
 * @param outputs its results
 * @param scope the name of the layer it was traced in, for profiles; may be empty
 */
public record Node(Op op, List<Value> inputs, List<Value> outputs, String scope) {
    /** Copies the lists. */
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The result of an op that has just one. */
    public Value output() {
        return outputs.get(0);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
