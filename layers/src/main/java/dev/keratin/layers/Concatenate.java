package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts its inputs one after another along an axis; all other axes have equal lengths.
 *
 * @see <a href="https://keras.io/api/layers/merging_layers/concatenate/">Keras: Concatenate</a>
 */
public final class Concatenate extends FluentLayer<Concatenate> {
    private final int axis;

    /** Along the last axis. */
    public Concatenate() {
        this(-1);
    }

    /** Along an axis; the batch is axis 0, negative counts from the last one. */
    public Concatenate(int axis) {
        this.axis = axis;
    }

    static Concatenate from(ObjectNode config) {
        Concatenate layer = new Concatenate(Json.integer(config, "axis", -1));
        layer.configure(config);
        return layer;
    }

    @Override
    public boolean takesList() {
        return true;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        Shape first = inputShapes.get(0);
        for (Shape shape : inputShapes) {
            if (shape.rank() != first.rank() || !agree(first.remove(axis), shape.remove(axis))) {
                throw new IllegalArgumentException(who() + ": inputs of equal shapes but on axis " + axis
                        + " are required. Received: " + inputShapes
                        + ". Pad, crop or reshape what differs, or set another axis.");
            }
        }
    }

    private static boolean agree(Shape a, Shape b) {
        for (int i = 0; i < a.rank(); i++) {
            if (a.dim(i) != b.dim(i) && a.dim(i) != Shape.UNKNOWN && b.dim(i) != Shape.UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        return List.of(Ops.concatenate(inputs, axis));
    }

    /** Masks are put one after another when time is the axis, else a step counts if it counts in every input. */
    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        List<@Nullable Tensor> result = new ArrayList<>();
        if (masks.stream().allMatch(mask -> mask == null)) {
            result.add(null);
            return result;
        }
        List<Tensor> full = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Tensor mask = masks.get(i);
            Shape steps = inputs.get(i).shape().subShape(0, 2);
            full.add(mask != null ? mask : Ops.full(steps, 1, DType.BOOL));
        }
        boolean alongTime = outputs.get(0).shape().normalizeAxis(axis) == 1;
        Tensor joined = full.get(0);
        for (Tensor mask : full.subList(1, full.size())) {
            joined = alongTime ? Ops.concatenate(List.of(joined, mask), 1) : Ops.logicalAnd(joined, mask);
        }
        result.add(joined);
        return result;
    }

    @Override
    public ObjectNode config() {
        return super.config().put("axis", axis);
    }
}
