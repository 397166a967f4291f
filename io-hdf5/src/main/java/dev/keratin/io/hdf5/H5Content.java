package dev.keratin.io.hdf5;

import java.io.IOException;

/** What is to be written into a new file. */
@FunctionalInterface
public interface H5Content {
    /**
     * Puts groups, datasets and attributes into the file.
     *
     * @param writer the file, usable until this call returns
     * @throws IOException to give the file up; nothing is left of it
     */
    void writeTo(H5Writer writer) throws IOException;
}
