package dev.keratin.layers;

import dev.keratin.DTypePolicy;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;

/**
 * A layer whose settings are made by calls in a row. Settings are made before the first call of the layer.
 *
 * @param <S> the layer's own class, which every setter gives back
 */
public abstract class FluentLayer<S extends FluentLayer<S>> extends Layer {
    /** A layer with Keras's defaults. */
    protected FluentLayer() {}

    /** Gives the layer a name, unique within a model. */
    public final S name(String name) {
        setName(name);
        return self();
    }

    /** Sets the dtype policy by its Keras name, such as {@code "float32"} or {@code "mixed_bfloat16"}. */
    public final S dtype(String policy) {
        setDTypePolicy(DTypePolicy.of(policy));
        return self();
    }

    /** Whether training changes the weights; true by default. */
    public final S trainable(boolean trainable) {
        setTrainable(trainable);
        return self();
    }

    /** What penalises the output; nothing by default. */
    public final S activityRegularizer(Regularizer regularizer) {
        setActivityRegularizer(regularizer);
        return self();
    }

    /** What penalises the output, by its Keras name, such as {@code "l2"}. */
    public final S activityRegularizer(String regularizer) {
        return activityRegularizer(Regularizers.get(regularizer));
    }

    /** This object as its own class. */
    @SuppressWarnings("unchecked")
    protected final S self() {
        return (S) this;
    }
}
