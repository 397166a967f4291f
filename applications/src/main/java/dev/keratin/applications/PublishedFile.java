package dev.keratin.applications;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file that Keras publishes.
 *
 * @param hash by which Keras checks it: MD5 or SHA-256, in hexadecimal digits; null where Keras doesn't
 */
record PublishedFile(URI address, @Nullable String hash) {
    private static final int MD5_DIGITS = 32;
    private static final int BLOCK = 1 << 16;

    /** Its name without folders. */
    String name() {
        String path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String algorithm() {
        return hash == null || hash.length() == MD5_DIGITS ? "MD5" : "SHA-256";
    }

    /** Whether a file is there and has the hash, if there is one. */
    boolean isAt(Path file) throws IOException {
        if (hash == null || !Files.isRegularFile(file)) {
            return Files.isRegularFile(file);
        }
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] block = new byte[BLOCK];
            while (in.read(block) >= 0) {
                continue;
            }
        }
        return hasHash(digest);
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM lacks " + algorithm() + ", which every JVM has to have.", e);
        }
    }

    /** Whether what a digest has seen is the file, as far as there is a hash; the digest begins anew. */
    boolean hasHash(MessageDigest digest) {
        return hash == null || HexFormat.of().formatHex(digest.digest()).equals(hash);
    }
}
