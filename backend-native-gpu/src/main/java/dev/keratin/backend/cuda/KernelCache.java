package dev.keratin.backend.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiled kernels in a folder, one file each, named by a digest of all they depend on. A file holds the SHA-256 of the
 * kernel and the kernel; anything else, whatever it is, counts as missing and is replaced. A folder that can't be written to
 * is done without.
 */
final class KernelCache {
    /** System property with the folder; {@code ~/.keratin/cuda-kernels} if it isn't set. */
    static final String PROPERTY = "keratin.cuda.cache";

    /** Much more than a kernel takes. */
    private static final long MOST_BYTES = 64 << 20;

    private final @Nullable Path folder;

    /** In a folder, made when the first kernel is kept; null to keep none. */
    KernelCache(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The one of this user; users without a home keep none. */
    static KernelCache ofUser() {
        String named = System.getProperty(PROPERTY);
        return named != null ? new KernelCache(Path.of(named)) : ofHome(Path.of(System.getProperty("user.home")));
    }

    /** The one of the user with this home. */
    static KernelCache ofHome(Path home) {
        return new KernelCache(Files.isDirectory(home) ? home.resolve(".keratin").resolve("cuda-kernels") : null);
    }

    /** The kernel with this name, if there is a sound one. */
    Optional<byte[]> get(String name) {
        if (folder == null) {
            return Optional.empty();
        }
        try {
            Path file = file(folder, name);
            return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES ? sound(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> sound(byte[] content) {
        byte[] image = Arrays.copyOfRange(content, Math.min(Digest.BYTES, content.length), content.length);
        boolean sound = image.length > 0 && Arrays.equals(Digest.of(image), Arrays.copyOf(content, Digest.BYTES));
        return sound ? Optional.of(image) : Optional.empty();
    }

    /** Keeps a kernel. Whoever reads at the same time, in whatever process, sees all of it or what was there before. */
    void put(String name, byte[] image) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, name.substring(0, 8), ".part");
            try {
                byte[] content = Arrays.copyOf(Digest.of(image), Digest.BYTES + image.length);
                System.arraycopy(image, 0, content, Digest.BYTES, image.length);
                Files.write(part, content);
                Files.move(part, file(folder, name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            System.getLogger(KernelCache.class.getName()).log(System.Logger.Level.DEBUG, "kernel not kept", e);
        }
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + ".cubin");
    }
}
