/** What layers pass their outputs through: the activations of {@code keras.activations}. */
@NullMarked
package dev.keratin.activations;

import org.jspecify.annotations.NullMarked;
