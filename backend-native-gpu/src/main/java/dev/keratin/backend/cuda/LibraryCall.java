package dev.keratin.backend.cuda;

/** A routine of a library, prepared for operands of fixed types. */
interface LibraryCall {
    String CUBLAS = "cuBLASLt";
    String CUDNN = "cuDNN";

    /** Which library has it. */
    default String library() {
        return CUDNN;
    }

    /** Working memory that it needs, in bytes. */
    long scratchBytes();

    /** Runs it on operands and then results, given by device address. */
    void run(long[] addresses, long scratch);
}
