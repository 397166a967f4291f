/** What weights are forced to be after each update: the constraints of {@code keras.constraints}. */
@NullMarked
package dev.keratin.constraints;

import org.jspecify.annotations.NullMarked;
