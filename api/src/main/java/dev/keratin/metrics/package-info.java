/** What is measured while training and evaluating: the metrics of {@code keras.metrics}, as classes and as functions. */
@NullMarked
package dev.keratin.metrics;

import org.jspecify.annotations.NullMarked;
