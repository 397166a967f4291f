package dev.keratin.regularizers;

import dev.keratin.Tensor;
import dev.keratin.config.Configurable;

/** A penalty for the elements of a weight or of a layer's output. */
public interface Regularizer extends Configurable {
    /** The penalty: a scalar of the tensor's type. */
    Tensor call(Tensor x);
}
