/** Reverse-mode differentiation: the gradient tape and the table of rules, one for each op. */
@NullMarked
package dev.keratin.autodiff;

import org.jspecify.annotations.NullMarked;
