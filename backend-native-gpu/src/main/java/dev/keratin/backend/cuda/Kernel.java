package dev.keratin.backend.cuda;

/**
 * A kernel in CUDA C, without its headers.
 *
 * @param name what it is called; made of its family and a digest of its source, so equal names mean equal kernels
 * @param source defines {@code extern "C" __global__ void __launch_bounds__(...) KERNEL(...)}; {@code KERNEL} stands for the name
 */
record Kernel(String name, String source) {
    private static final int DIGITS = 20;

    static Kernel of(String family, String source) {
        return new Kernel(family + "_" + Digest.of(source).substring(0, DIGITS), source);
    }

    /** The whole source, under the kernel's own name. */
    String text() {
        return "#define KERNEL " + name + "\n" + source;
    }

    /** Whether threads of a block wait for each other. */
    boolean synchronises() {
        return source.contains("reduce.cuh") || source.contains("transpose.cuh");
    }
}
