/** What training minimises: the losses of {@code keras.losses}, as classes and as functions. */
@NullMarked
package dev.keratin.losses;

import org.jspecify.annotations.NullMarked;
