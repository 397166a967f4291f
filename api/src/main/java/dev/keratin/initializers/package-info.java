/**
 * What new weights hold: the initializers of {@code keras.initializers}.
 *
 * <p>Elements are computed on the host in float64 from counter-based random numbers and rounded once, so a seed gives
 * the same weights on every backend and machine, bit for bit.
 */
@NullMarked
package dev.keratin.initializers;

import org.jspecify.annotations.NullMarked;
