package dev.keratin.layers;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.Arrays;

/** Padding and cropping along spatial axes. */
final class Edges {
    private Edges() {}

    static Tensor pad(Tensor input, SpatialFormat format, int[][] edges) {
        int[][] widths = new int[input.rank()][2];
        for (int i = 0; i < edges.length; i++) {
            widths[format.firstSpatialAxis() + i] = edges[i];
        }
        return Ops.pad(input, widths);
    }

    static Tensor crop(Tensor input, SpatialFormat format, int[][] edges) {
        long[] starts = new long[input.rank()];
        long[] sizes = input.shape().dims().clone();
        for (int i = 0; i < edges.length; i++) {
            int axis = format.firstSpatialAxis() + i;
            starts[axis] = edges[i][0];
            sizes[axis] -= edges[i][0] + edges[i][1];
        }
        return Ops.slice(input, starts, sizes);
    }

    /** Something is left of every spatial axis. */
    static void requireRest(Layer layer, TensorType input, SpatialFormat format, int[][] edges) {
        for (int i = 0; i < edges.length; i++) {
            long length = input.shape().dim(format.firstSpatialAxis() + i);
            if (length != Shape.UNKNOWN && length <= edges[i][0] + edges[i][1]) {
                throw new IllegalArgumentException(layer.who() + ": an input longer than what is cut off is required. Received: "
                        + input + ", cropping " + Arrays.deepToString(edges) + ". Crop less.");
            }
        }
    }
}
