package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/** What every layer of attention can be set to. */
final class AttentionSettings {
    double dropout;
    boolean useCausalMask;
    boolean returnAttentionScores;
    @Nullable Integer seed;

    void write(ObjectNode config) {
        config.put("dropout", dropout);
        config.put("seed", seed);
    }

    void read(ObjectNode config) {
        dropout = Json.number(config, "dropout", 0);
        seed = Json.integer(config, "seed");
    }

    /** Adds what Keras takes as arguments of the call. */
    ObjectNode writeCall(ObjectNode arguments) {
        if (useCausalMask) {
            arguments.put("use_causal_mask", true);
        }
        return returnAttentionScores ? arguments.put("return_attention_scores", true) : arguments;
    }

    void readCall(ObjectNode arguments) {
        useCausalMask = Json.bool(arguments, "use_causal_mask", useCausalMask);
        returnAttentionScores = Json.bool(arguments, "return_attention_scores", returnAttentionScores);
    }
}
