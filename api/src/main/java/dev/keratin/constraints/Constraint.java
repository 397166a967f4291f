package dev.keratin.constraints;

import dev.keratin.Tensor;
import dev.keratin.config.Configurable;

/** Brings a weight back to where it may be. */
public interface Constraint extends Configurable {
    /** The nearest tensor of the same type that is allowed. */
    Tensor call(Tensor w);
}
