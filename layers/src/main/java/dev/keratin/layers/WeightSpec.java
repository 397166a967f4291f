package dev.keratin.layers;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.constraints.Constraint;
import dev.keratin.initializers.Initializer;
import dev.keratin.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * What a weight is made from. Immutable: each method gives a changed copy.
 *
 * @param name such as {@code "kernel"}
 * @param shape with known lengths
 * @param initializer of its first value
 * @param dtype null for the layer's variable dtype
 * @param trainable whether gradients change it
 * @param regularizer null for none
 * @param constraint null for none
 */
public record WeightSpec(
        String name,
        Shape shape,
        Initializer initializer,
        @Nullable DType dtype,
        boolean trainable,
        @Nullable Regularizer regularizer,
        @Nullable Constraint constraint) {
    /** A trainable weight of the layer's variable dtype. */
    public WeightSpec(String name, Shape shape, Initializer initializer) {
        this(name, shape, initializer, null, true, null, null);
    }

    /** With an element type of its own. */
    public WeightSpec dtype(DType newDType) {
        return new WeightSpec(name, shape, initializer, newDType, trainable, regularizer, constraint);
    }

    /** Not changed by gradients. */
    public WeightSpec frozen() {
        return new WeightSpec(name, shape, initializer, dtype, false, regularizer, constraint);
    }

    /** With a penalty. */
    public WeightSpec regularizer(@Nullable Regularizer newRegularizer) {
        return new WeightSpec(name, shape, initializer, dtype, trainable, newRegularizer, constraint);
    }

    /** With a condition that updates keep. */
    public WeightSpec constraint(@Nullable Constraint newConstraint) {
        return new WeightSpec(name, shape, initializer, dtype, trainable, regularizer, newConstraint);
    }
}
