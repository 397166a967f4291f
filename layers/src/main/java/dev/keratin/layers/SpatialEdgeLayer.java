package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A layer that adds or removes something at the edges, of inputs with channels last or first.
 *
 * @param <S> the layer's own class
 */
abstract class SpatialEdgeLayer<S extends SpatialEdgeLayer<S>> extends EdgeLayer<S> {
    SpatialEdgeLayer(Kind kind, int rank, int[][] edges) {
        super(kind, rank, edges);
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    public final S dataFormat(String name) {
        return withDataFormat(name);
    }

    @Override
    public final ObjectNode config() {
        return super.config().put("data_format", format().name());
    }
}
