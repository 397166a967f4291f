package dev.keratin.backend.cuda;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A kernel in CUDA C, without its headers.
 *
 * @param name what it is called; made of its family and a digest of its source, so equal names mean equal kernels
 * @param source defines {@code extern "C" __global__ void KERNEL(...)}; {@code KERNEL} stands for the name
 */
record Kernel(String name, String source) {
    private static final int DIGITS = 20;

    static Kernel of(String family, String source) {
        return new Kernel(family + "_" + digest(source), source);
    }

    /** Whether threads of a block wait for each other. */
    boolean synchronises() {
        return source.contains("reduce.cuh");
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Kernel: a JDK with SHA-256 is required.", e);
        }
    }
}
