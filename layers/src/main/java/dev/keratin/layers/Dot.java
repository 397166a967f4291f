package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products of two inputs for each sample, summed over an axis of each; the other axes of the first, then of the second
 * input remain. Two inputs [batch, length] give [batch, 1].
 *
 * @see <a href="https://keras.io/api/layers/merging_layers/dot/">Keras: Dot</a>
 */
public final class Dot extends FluentLayer<Dot> {
    private final int[] axes;
    private boolean normalize;

    /**
     * A layer.
     *
     * @param axes the axis of both inputs, or one of each; the batch is axis 0 and can't be one of them
     */
    public Dot(int... axes) {
        if (axes.length < 1 || axes.length > 2 || Arrays.stream(axes).anyMatch(axis -> axis == 0)) {
            throw new IllegalArgumentException("Dot: one axis for both inputs or one for each, other than 0, is required."
                    + " Received: " + Arrays.toString(axes) + ".");
        }
        this.axes = axes.clone();
    }

    static Dot from(ObjectNode config) {
        Dot layer = new Dot(Json.integers(config, "axes").stream().mapToInt(i -> i).toArray());
        layer.configure(config);
        return layer.normalize(Json.bool(config, "normalize", false));
    }

    /** Whether vectors along the axes are brought to length 1 before, which gives cosines; false by default. */
    public Dot normalize(boolean unit) {
        normalize = unit;
        return this;
    }

    @Override
    public boolean takesList() {
        return true;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    private int axis(int input, int rank) {
        int axis = axes[Math.min(input, axes.length - 1)];
        return axis < 0 ? axis + rank : axis;
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        boolean fits = inputShapes.size() == 2;
        for (int i = 0; fits && i < 2; i++) {
            int rank = inputShapes.get(i).rank();
            fits = axis(i, rank) > 0 && axis(i, rank) < rank;
        }
        if (!fits || length(inputShapes, 0) != length(inputShapes, 1)) {
            throw new IllegalArgumentException(who() + ": two inputs of the same length along axes " + Arrays.toString(axes)
                    + " are required. Received: " + inputShapes + ". The batch is axis 0; name an axis for each input if they"
                    + " differ.");
        }
    }

    private long length(List<Shape> shapes, int input) {
        return shapes.get(input).dim(axis(input, shapes.get(input).rank()));
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        Tensor a = unit(inputs.get(0), axis(0, inputs.get(0).rank()));
        Tensor b = unit(inputs.get(1), axis(1, inputs.get(1).rank()));
        String first = letters(a.rank(), 'b', axis(0, a.rank()));
        String second = letters(b.rank(), 'n', axis(1, b.rank()));
        String kept = (first + second.substring(1)).replace("z", "");
        Tensor product = Ops.einsum(first + "," + second + "->" + kept, a, b);
        return List.of(product.rank() == 1 ? Ops.expandDims(product, 1) : product);
    }

    private Tensor unit(Tensor x, int axis) {
        return normalize ? Ops.normalize(x, axis, 2) : x;
    }

    /** One letter for each axis: a for the batch, z for the one that is summed, others from a letter on. */
    private static String letters(int rank, char from, int summed) {
        StringBuilder letters = new StringBuilder("a");
        for (int axis = 1; axis < rank; axis++) {
            letters.append(axis == summed ? 'z' : (char) (from + axis));
        }
        return letters.toString();
    }

    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        return Collections.singletonList(null);
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        if (axes.length == 1) {
            config.put("axes", axes[0]);
        } else {
            config.set("axes", Json.array(Arrays.stream(axes).boxed().toList()));
        }
        return config.put("normalize", normalize);
    }
}
