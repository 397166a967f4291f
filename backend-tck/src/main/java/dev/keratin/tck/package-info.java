/** The conformance suite that a backend passes. */
@NullMarked
package dev.keratin.tck;

import org.jspecify.annotations.NullMarked;
