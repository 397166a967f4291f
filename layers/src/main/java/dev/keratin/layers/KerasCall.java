package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How Keras is given what a layer is called on; files describe calls in this way. */
public interface KerasCall {
    /** Whether Keras calls this layer on a list of tensors, as merging layers are; false unless overridden. */
    default boolean takesList() {
        return false;
    }

    /** What Keras is given by keyword where this layer is called, tensors and masks left out; empty unless overridden. */
    default ObjectNode callArguments() {
        return Json.object();
    }

    /** Takes over what {@link #callArguments} wrote; what is unknown is left alone. */
    default void setCallArguments(ObjectNode arguments) {}

    /** The keywords of Keras that may be true in one call and not in another; none unless overridden. */
    default Set<String> callFlags() {
        return Set.of();
    }

    /**
     * The keyword that Keras takes an input by, as it takes the initial states of an LSTM; null, unless overridden, for by
     * position. Several inputs with the same keyword are one list.
     *
     * @param index of the input among all
     */
    default @Nullable String inputKeyword(TensorType input, int index) {
        return null;
    }
}
