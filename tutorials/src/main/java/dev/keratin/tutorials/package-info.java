/** Runnable examples and the shell launcher. */
@NullMarked
package dev.keratin.tutorials;

import org.jspecify.annotations.NullMarked;
