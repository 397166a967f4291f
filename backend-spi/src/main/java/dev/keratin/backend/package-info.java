/** The vocabulary of all tensors: element types, shapes, and their pair. */
@NullMarked
package dev.keratin.backend;

import org.jspecify.annotations.NullMarked;
