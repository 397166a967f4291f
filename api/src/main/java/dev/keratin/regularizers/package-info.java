/** What is added to the loss to keep weights small or apart: the regularizers of {@code keras.regularizers}. */
@NullMarked
package dev.keratin.regularizers;

import org.jspecify.annotations.NullMarked;
