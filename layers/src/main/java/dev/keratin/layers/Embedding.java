package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/**
 * Turns indices into vectors.
 *
 * <p>Input whole numbers [batch, ...] from 0 to {@code inputDim - 1}, output [batch, ..., outputDim]; weight embeddings
 * [inputDim, outputDim]. An index outside of the range is an {@link IndexOutOfBoundsException} when a step runs.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/embedding/">Keras: Embedding</a>
 */
public final class Embedding extends EmbeddingLayer<Embedding> {
    /**
     * A table of vectors.
     *
     * @param inputDim the number of vectors, at least 1
     * @param outputDim the length of each, at least 1
     */
    public Embedding(int inputDim, int outputDim) {
        super(inputDim, outputDim);
    }

    static Embedding from(ObjectNode config) {
        return new Embedding(Json.integer(config, "input_dim", 0), Json.integer(config, "output_dim", 0)).configured(config);
    }
}
