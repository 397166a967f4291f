/** Tensors, the functions on them, variables, tracing and the choice of the backend. */
@NullMarked
package dev.keratin;

import org.jspecify.annotations.NullMarked;
