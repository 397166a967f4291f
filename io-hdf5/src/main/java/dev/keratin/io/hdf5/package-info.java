/**
 * HDF5 files, read and written: groups, datasets and attributes, whatever they mean.
 *
 * <p>{@link dev.keratin.io.hdf5.H5Reader} and {@link dev.keratin.io.hdf5.H5Writer} are all that formats see of
 * HDF5. Behind them stand the bounds-checked Java engine, which is the default since it fails cleanly on damaged files
 * and runs on every platform, and libhdf5, which knows the whole of HDF5 but can be crashed by a damaged file. The two
 * are alternatives of {@link dev.keratin.io.hdf5.H5Engine}; the system property {@code keratin.hdf5} chooses.
 */
@NullMarked
package dev.keratin.io.hdf5;

import org.jspecify.annotations.NullMarked;
