/** Passes that every backend shares: from a program as traced to a program worth running, and where its values live. */
@NullMarked
package dev.keratin.backend.compiler;

import org.jspecify.annotations.NullMarked;
