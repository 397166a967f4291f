package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.backend.TensorType;
import java.util.Arrays;
import java.util.List;

/**
 * A layer that adds or removes something before and after along each spatial axis.
 *
 * @param <S> the layer's own class
 */
abstract class EdgeLayer<S extends EdgeLayer<S>> extends FluentLayer<S> {
    /** What happens at the edges. */
    enum Kind {
        CROPPING("cropping"),
        PADDING("padding");

        /** Of the lengths in configurations. */
        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    private final Kind kind;
    private final int[][] edges;
    private SpatialFormat format;

    /**
     * A layer in the configured data format.
     *
     * @param edges for each spatial axis the lengths before and after
     */
    EdgeLayer(Kind kind, int rank, int[][] edges) {
        if (edges.length != rank || Arrays.stream(edges).anyMatch(pair -> pair.length != 2 || pair[0] < 0 || pair[1] < 0)) {
            throw new IllegalArgumentException(className() + ": two lengths of 0 or more for each of " + rank
                    + " spatial axes are required. Received: " + Arrays.deepToString(edges) + ". Give what is before and after.");
        }
        this.kind = kind;
        this.edges = Arrays.stream(edges).map(int[]::clone).toArray(int[][]::new);
        this.format = SpatialFormat.standard(rank);
    }

    /** One length for all, or one for each axis, the same before and after. */
    static int[][] symmetric(String what, int rank, int... lengths) {
        int[] each = Sizes.each(what, rank, 0, lengths);
        return Arrays.stream(each).mapToObj(length -> new int[] {length, length}).toArray(int[][]::new);
    }

    /** For one axis: one length for both ends, or one for each. */
    static int[][] ends(String what, int... lengths) {
        return new int[][] {Sizes.each(what, 2, 0, lengths)};
    }

    /** What a configuration holds: a number, one for each axis, or two for each. */
    static int[][] read(ObjectNode config, String key, int rank) {
        JsonNode node = config.path(key);
        if (rank == 1) {
            return ends(key, Sizes.read(config, key, 1));
        } else if (!node.path(0).isArray()) {
            return symmetric(key, rank, Sizes.read(config, key, 1));
        }
        int[][] edges = new int[node.size()][];
        for (int i = 0; i < edges.length; i++) {
            JsonNode pair = node.get(i);
            edges[i] = new int[] {pair.path(0).asInt(), pair.path(1).asInt()};
        }
        return edges;
    }

    final S withDataFormat(String name) {
        format = new SpatialFormat(format.rank(), name);
        return self();
    }

    final S configured(ObjectNode config) {
        configure(config);
        format = format.read(config);
        return self();
    }

    final SpatialFormat format() {
        return format;
    }

    @Override
    protected final void checkInputs(List<TensorType> inputs) {
        InputRules.rank(this, inputs.get(0), format.rank() + 2);
        if (kind == Kind.CROPPING) {
            Edges.requireRest(this, inputs.get(0), format, edges);
        }
    }

    @Override
    protected final Tensor call(Tensor input, CallContext context) {
        return kind == Kind.CROPPING ? Edges.crop(input, format, edges) : Edges.pad(input, format, edges);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        ArrayNode pairs = config.arrayNode();
        Arrays.stream(edges).forEach(pair -> pairs.add(Sizes.json(pair)));
        config.set(kind.key, edges.length == 1 ? pairs.get(0) : pairs);
        return config;
    }
}
