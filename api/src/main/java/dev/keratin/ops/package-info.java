/** Families of functions on tensors that not everybody uses, under the names of their {@code keras.ops} submodules. */
@NullMarked
package dev.keratin.ops;

import org.jspecify.annotations.NullMarked;
