/** One class per Keras layer. */
@NullMarked
package dev.keratin.layers;

import org.jspecify.annotations.NullMarked;
