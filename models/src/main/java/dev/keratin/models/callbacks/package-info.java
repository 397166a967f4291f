/** What is told of the progress of training and may influence it. */
@NullMarked
package dev.keratin.models.callbacks;

import org.jspecify.annotations.NullMarked;
