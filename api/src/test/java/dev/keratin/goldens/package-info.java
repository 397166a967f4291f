/** Golden values made by Keras 3.15.1; their origin is told in {@code src/test/python/pack_goldens.py}. */
@NullMarked
package dev.keratin.goldens;

import org.jspecify.annotations.NullMarked;
