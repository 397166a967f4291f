package dev.keratin.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFileTest {
    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    Path directory;

    private long files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }

    @Test
    void target_thatExists_isReplaced() throws Exception {
        Path target = Files.writeString(directory.resolve("a.txt"), "old");
        AtomicFile.write(target, file -> {
            Files.writeString(file, "new");
            assertThat(target).hasContent("old");
        });
        assertThat(target).hasContent("new");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void body_thatFails_leavesTheOldFileAndNoOther() throws Exception {
        Path target = Files.writeString(directory.resolve("a.txt"), "old");
        assertThatThrownBy(() -> AtomicFile.write(target, file -> {
            Files.writeString(file, "half of the n");
            throw new IOException("given up");
        })).isInstanceOf(IOException.class).hasMessage("given up");
        assertThatThrownBy(() -> AtomicFile.write(target, file -> {
            throw new IllegalStateException("wrong");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(target).hasContent("old");
        assertThat(files()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void content_thatFails_leavesTheOldFileAndNoOther(H5Engine engine) throws Exception {
        Path target = Files.writeString(directory.resolve("a.h5"), "old");
        assertThatThrownBy(() -> engine.write(target, writer -> {
            writer.dataset("d", H5Type.FLOAT32, new long[] {1}, TestFiles.floats(1));
            throw new IOException("given up");
        })).isInstanceOf(IOException.class).hasMessage("given up");
        assertThat(target).hasContent("old");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void directory_asTarget_isRefused() {
        assertThatThrownBy(() -> AtomicFile.write(directory, file -> { })).isInstanceOf(H5Exception.class)
                .hasMessageContaining("must be a file. Received: a directory. Name a file inside it.");
    }

    @Test
    void directory_thatIsMissing_isRefused() {
        Path target = directory.resolve("no").resolve("a.h5");
        assertThatThrownBy(() -> AtomicFile.write(target, file -> { })).isInstanceOf(H5Exception.class)
                .hasMessageContaining("must lie in a directory that exists")
                .hasMessageContaining("Received: no directory " + directory.resolve("no")).hasMessageContaining("Make the directory first.");
    }

    @Test
    void link_asTarget_isFollowed() throws Exception {
        Path real = Files.writeString(directory.resolve("real.txt"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.txt"), real);
        AtomicFile.write(link, file -> Files.writeString(file, "new"));
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void permissions_ofTheOldFile_areKept() throws Exception {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"), "file system has POSIX permissions");
        Path target = Files.writeString(directory.resolve("a.txt"), "old");
        Set<PosixFilePermission> permissions = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Files.setPosixFilePermissions(target, permissions);
        AtomicFile.write(target, file -> Files.writeString(file, "new"));
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(permissions);
    }

    @Test
    void failure_ofTheDisk_saysWhatHappenedAndThatTheOldFileStands() throws Exception {
        Path target = Files.writeString(directory.resolve("a.h5"), "old");
        assertThat(AtomicFile.failure(target, new IOException("No space left on device"))).hasMessage("File \"" + target
                + "\": the disk must take the whole file. Received: IOException, No space left on device. "
                + "The file is as it was before; make room or get write permission, or choose another place.");
    }

    @Test
    void disk_full_isOneClearError() throws Exception {
        assumeTrue(Files.exists(FULL_DISK), "/dev/full exists");
        ByteBuffer data = ByteBuffer.allocate(1 << 16);
        assertThatThrownBy(() -> {
            try (WriteEngine engine = NamedFailures.of(directory.resolve("a.h5"), () -> new JavaWriter(FULL_DISK))) {
                new H5Writer(engine).dataset("d", H5Type.UINT8, new long[] {1 << 16}, data);
            }
        }).isInstanceOf(H5Exception.class).hasMessageContaining("No space left on device").hasMessageContaining("a.h5");
    }
}
