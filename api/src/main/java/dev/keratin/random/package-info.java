/** Random numbers: counter-based, so that a seed gives the same numbers on every backend. */
@NullMarked
package dev.keratin.random;

import org.jspecify.annotations.NullMarked;
