package dev.keratin;

import dev.keratin.backend.ir.Op;
import java.util.List;
import java.util.Set;

/** A plain op as a node of a functional model's graph. */
record OpOperation(Op op) implements Operation {
    @Override
    public String name() {
        return op.label();
    }

    @Override
    public List<Tensor> replay(List<Tensor> inputs, boolean training, Set<String> flags) {
        return Dispatch.apply(op, inputs);
    }
}
