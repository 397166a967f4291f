/** Tensors, ops, automatic differentiation, losses, metrics, optimizers, data. */
@NullMarked
package dev.keratin;

import org.jspecify.annotations.NullMarked;
