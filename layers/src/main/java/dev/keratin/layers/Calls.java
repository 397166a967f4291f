package dev.keratin.layers;

import dev.keratin.GraphNode;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The calls of a layer on symbolic tensors. */
final class Calls {
    private final List<GraphNode> all = new ArrayList<>();

    /** Remembers the call that outputs come from, and passes them on. */
    List<Tensor> add(List<SymbolicTensor> outputs) {
        all.add(outputs.get(0).source());
        return List.copyOf(outputs);
    }

    List<GraphNode> all() {
        return Collections.unmodifiableList(all);
    }

    /** The output of the only call. */
    SymbolicTensor output(String who) {
        if (all.size() != 1 || all.get(0).outputs().size() != 1) {
            throw new IllegalStateException(who + ", output: one call on symbolic tensors, with one output, is required."
                    + " Received: calls with the outputs " + all.stream().map(GraphNode::outputs).toList()
                    + ". Take one of calls(), or call the layer with apply on input(...).");
        }
        return all.get(0).outputs().get(0);
    }
}
