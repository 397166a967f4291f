package dev.keratin.backend.cuda;

/** A routine of a library, prepared for operands of fixed types. */
interface LibraryCall {
    /** Working memory that it needs, in bytes. */
    long scratchBytes();

    /** Runs it on operands and then results, given by device address. */
    void run(long[] addresses, long scratch);
}
