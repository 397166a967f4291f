package dev.keratin.backend.ir;

import java.util.List;
import java.util.Map;

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

    /** The operands by what takes their place. */
    public List<Value> inputs(Map<Value, Value> copies) {
        return Lists.map(inputs, copies::get);
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
        return outputs.isEmpty() ? 0 : outputs.get(0).id();
    }
}
