/**
 * The files of Keras, read into and written from models: {@code .keras} archives, {@code .weights.h5}, and the whole
 * models in {@code .h5} of Keras before version 3. It knows which configuration and which weight stand where; how HDF5
 * keeps them is the business of {@link dev.keratin.io.hdf5}.
 */
@NullMarked
package dev.keratin.io.keras;

import org.jspecify.annotations.NullMarked;
