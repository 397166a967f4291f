/** One table of calls of every function of the facades, from which tests of all of them and docs/support.md are made. */
@NullMarked
package dev.keratin.functions;

import org.jspecify.annotations.NullMarked;
