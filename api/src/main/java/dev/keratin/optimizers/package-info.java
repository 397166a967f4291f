/** Optimizers: how gradients change variables, and the options that all of them share. */
@NullMarked
package dev.keratin.optimizers;

import org.jspecify.annotations.NullMarked;
