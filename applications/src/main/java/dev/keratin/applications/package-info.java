/** The image classifiers of {@code keras.applications}. */
@NullMarked
package dev.keratin.applications;

import org.jspecify.annotations.NullMarked;
