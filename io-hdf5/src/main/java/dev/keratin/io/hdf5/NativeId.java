package dev.keratin.io.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5Idec_ref;

import java.io.IOException;

/** An identifier of libhdf5 that is let go of at the end of a block. */
record NativeId(long id) implements AutoCloseable {
    /** Takes over what a call returned. */
    static NativeId of(long result) throws IOException {
        return new NativeId(NativeLibrary.check(result));
    }

    @Override
    public void close() {
        H5Idec_ref(id);
    }
}
