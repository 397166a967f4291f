/** The .h5, .weights.h5 and .keras formats of Keras. */
@NullMarked
package dev.keratin.io.hdf5;

import org.jspecify.annotations.NullMarked;
