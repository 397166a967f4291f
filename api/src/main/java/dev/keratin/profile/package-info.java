/** Measures what runs, op by op, and writes it down as a Chrome trace. */
@NullMarked
package dev.keratin.profile;

import org.jspecify.annotations.NullMarked;
