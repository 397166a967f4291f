package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.config.Json;
import java.util.stream.IntStream;

/**
 * Where the spatial axes and the channels of an input are.
 *
 * @param rank the number of spatial axes
 * @param name {@code "channels_last"} or {@code "channels_first"}
 */
record SpatialFormat(int rank, String name) {
    static final String LAST = "channels_last";
    static final String FIRST = "channels_first";

    SpatialFormat {
        if (!name.equals(LAST) && !name.equals(FIRST)) {
            throw new IllegalArgumentException("dataFormat: \"channels_last\" or \"channels_first\" is required. Received: \""
                    + name + "\". Check the spelling.");
        }
    }

    /** The configured format. */
    static SpatialFormat standard(int rank) {
        return new SpatialFormat(rank, Configuration.imageDataFormat());
    }

    SpatialFormat read(ObjectNode config) {
        return new SpatialFormat(rank, Json.text(config, "data_format", name));
    }

    boolean channelsFirst() {
        return name.equals(FIRST);
    }

    int channelAxis() {
        return channelsFirst() ? 1 : -1;
    }

    int firstSpatialAxis() {
        return channelsFirst() ? 2 : 1;
    }

    /** A spatial axis counted from the end, with or without a batch in front. */
    int axisFromEnd(int spatial) {
        return spatial - rank - (channelsFirst() ? 0 : 1);
    }

    int[] spatialAxes() {
        return IntStream.range(firstSpatialAxis(), firstSpatialAxis() + rank).toArray();
    }
}
