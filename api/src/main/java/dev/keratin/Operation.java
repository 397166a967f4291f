package dev.keratin;

import java.util.List;
import java.util.Set;

/** What a node of a functional model's graph calls: a layer, a model or a plain op. */
public interface Operation {
    /** Its name, unique within a model. */
    String name();

    /**
     * Computes the outputs; called with symbolic, traced or concrete inputs alike.
     *
     * @param inputs as many as the node has
     * @param training whether the call is part of training
     * @param flags keyword arguments that are true in this call and may not be in another
     */
    List<Tensor> replay(List<Tensor> inputs, boolean training, Set<String> flags);
}
