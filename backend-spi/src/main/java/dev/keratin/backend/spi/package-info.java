/** What a backend implements and how it is found. */
@NullMarked
package dev.keratin.backend.spi;

import org.jspecify.annotations.NullMarked;
