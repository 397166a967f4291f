/** Fitting, evaluating and predicting: compiled steps, epochs over data, history, the progress bar. */
@NullMarked
package dev.keratin.models.training;

import org.jspecify.annotations.NullMarked;
