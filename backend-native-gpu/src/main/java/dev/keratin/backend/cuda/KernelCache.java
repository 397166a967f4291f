package dev.keratin.backend.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Compiled kernels in a folder, one file each, named by a digest of all they depend on. A file holds the SHA-256 of the
 * kernel and the kernel; one that is damaged counts as missing. A folder that can't be written to is done without.
 */
final class KernelCache {
    /** System property with the folder; {@code ~/.keratin/cuda-kernels} if it isn't set. */
    static final String PROPERTY = "keratin.cuda.cache";

    private final Path folder;

    KernelCache(Path folder) {
        this.folder = folder;
    }

    /** The one of this user. */
    static KernelCache ofUser() {
        String named = System.getProperty(PROPERTY);
        return new KernelCache(named != null ? Path.of(named) : Path.of(System.getProperty("user.home"), ".keratin", "cuda-kernels"));
    }

    /** The kernel with this name, if there is a sound one. */
    Optional<byte[]> get(String name) {
        try {
            byte[] content = Files.readAllBytes(file(name));
            byte[] image = Arrays.copyOfRange(content, Math.min(Digest.BYTES, content.length), content.length);
            boolean sound = image.length > 0 && Arrays.equals(Digest.of(image), Arrays.copyOf(content, Digest.BYTES));
            return sound ? Optional.of(image) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps a kernel. Whoever reads at the same time sees all of it or nothing. */
    void put(String name, byte[] image) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, name.substring(0, 8), ".part");
            byte[] content = Arrays.copyOf(Digest.of(image), Digest.BYTES + image.length);
            System.arraycopy(image, 0, content, Digest.BYTES, image.length);
            Files.write(part, content);
            Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            System.getLogger(KernelCache.class.getName()).log(System.Logger.Level.DEBUG, "kernel not kept", e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".cubin");
    }
}
