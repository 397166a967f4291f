package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code x} where it is positive, {@code alpha * x} elsewhere, with a trained alpha for each place of the input but for
 * those along shared axes; alpha [the input's shape without the batch, 1 for shared axes].
 *
 * @see <a href="https://keras.io/api/layers/activation_layers/prelu/">Keras: PReLU</a>
 */
public final class PReLU extends FluentLayer<PReLU> {
    private final WeightSettings settings = new WeightSettings("zeros");
    private List<Integer> sharedAxes = List.of();
    private @Nullable Variable alpha;

    /** With an alpha for each place. */
    public PReLU() {}

    /** Axes along which one alpha is used; the batch is axis 0, which is always shared. */
    public PReLU sharedAxes(int... axes) {
        sharedAxes = IntStream.of(axes).boxed().toList();
        return this;
    }

    /** How alpha starts; {@code "zeros"} by default. */
    public PReLU alphaInitializer(Initializer initializer) {
        settings.initializer = initializer;
        return this;
    }

    /** How alpha starts, by Keras name. */
    public PReLU alphaInitializer(String name) {
        return alphaInitializer(Initializers.get(name));
    }

    /** What penalises alpha; nothing by default. */
    public PReLU alphaRegularizer(@Nullable Regularizer regularizer) {
        settings.regularizer = regularizer;
        return this;
    }

    /** What penalises alpha, by Keras name. */
    public PReLU alphaRegularizer(String name) {
        return alphaRegularizer(Regularizers.get(name));
    }

    /** What alpha is made to fulfil after each update; nothing by default. */
    public PReLU alphaConstraint(@Nullable Constraint constraint) {
        settings.constraint = constraint;
        return this;
    }

    /** What alpha is made to fulfil, by Keras name. */
    public PReLU alphaConstraint(String name) {
        return alphaConstraint(Constraints.get(name));
    }

    static PReLU from(ObjectNode config) {
        PReLU layer = new PReLU();
        layer.configure(config);
        layer.settings.read(config, "alpha");
        layer.sharedAxes = Json.integers(config, "shared_axes");
        return layer;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        InputRules.minRank(this, inputs.get(0), 2);
        for (int axis = 1; isBuilt() && axis < buildShapes().get(0).rank(); axis++) {
            if (!sharedAxes.contains(axis)) {
                InputRules.axis(this, inputs.get(0), axis);
            }
        }
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        Shape shape = inputShapes.get(0);
        long[] lengths = IntStream.range(1, shape.rank())
                .mapToLong(axis -> sharedAxes.contains(axis) ? 1 : Weights.knownLength(this, shape, axis)).toArray();
        alpha = addWeight(settings.spec("alpha", Shape.of(lengths)));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        Tensor below = Ops.multiply(value(alpha), Ops.relu(Ops.negative(input)));
        return Ops.subtract(Ops.relu(input), below);
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        settings.write(config, "alpha");
        config.set("shared_axes", sharedAxes.isEmpty() ? Json.object().nullNode() : Json.array(sharedAxes));
        return config;
    }
}
