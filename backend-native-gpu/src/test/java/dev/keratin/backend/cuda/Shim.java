package dev.keratin.backend.cuda;

import java.nio.ByteBuffer;

/** The functions of {@code shim_runtime.cpp}. */
final class Shim {
    private Shim() {}

    static native long allocate(long bytes);

    static native void free(long address);

    static native void copy(long from, long to, long bytes);

    static native long addressOf(ByteBuffer direct);

    static native long open(String library);

    static native long find(long library, String function);

    static native void launch(long function, int blocks, int blocksY, int threads, int threadsY, long parameters);

    static native void product(int dtype, long[] sizes, long[] operands);

    static native void convolution(int dtype, int kind, long[] sizes, long[] operands);
}
