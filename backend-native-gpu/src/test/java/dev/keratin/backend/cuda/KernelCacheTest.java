package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in the folder of compiled kernels, and whoever else uses it, a kernel comes out whole or not at all. */
class KernelCacheTest {
    private static final String NAME = Digest.of("a kernel");
    private static final byte[] IMAGE = "the code of a kernel".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private KernelCache kept() {
        KernelCache cache = new KernelCache(folder);
        cache.put(NAME, IMAGE);
        assertThat(cache.get(NAME)).hasValue(IMAGE);
        return cache;
    }

    private Path file() {
        return folder.resolve(NAME + ".cubin");
    }

    /** The kernel is missing, and can be kept again. */
    private void requireMissingThenKept(KernelCache cache) {
        assertThat(cache.get(NAME)).isEmpty();
        cache.put(NAME, IMAGE);
        assertThat(cache.get(NAME)).hasValue(IMAGE);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void get_neverKept_isMissing() {
        requireMissingThenKept(new KernelCache(folder.resolve("made").resolve("here")));
    }

    @Test
    void get_anyBitFlipped_isMissing() throws IOException {
        KernelCache cache = kept();
        byte[] sound = Files.readAllBytes(file());
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 4;
            Files.write(file(), damaged);
            assertThat(cache.get(NAME)).as("byte %d", at).isEmpty();
        }
        requireMissingThenKept(cache);
    }

    @Test
    void get_anyLengthButItsOwn_isMissing() throws IOException {
        KernelCache cache = kept();
        byte[] sound = Files.readAllBytes(file());
        for (int length = 0; length < sound.length + 3; length++) {
            Files.write(file(), Arrays.copyOf(sound, length));
            assertThat(cache.get(NAME).isPresent()).as("length %d", length).isEqualTo(length == sound.length);
        }
        requireMissingThenKept(cache);
    }

    @Test
    void get_foreignFile_isMissing() throws IOException {
        KernelCache cache = kept();
        byte[] foreign = new byte[100_000];
        new Random(5).nextBytes(foreign);
        Files.write(file(), foreign);
        requireMissingThenKept(cache);
    }

    @Test
    void get_fileLargerThanMemory_isMissing() throws IOException {
        KernelCache cache = kept();
        try (RandomAccessFile large = new RandomAccessFile(file().toFile(), "rw")) {
            large.setLength(1L << 40);
        }
        requireMissingThenKept(cache);
    }

    @Test
    void get_folderInPlaceOfTheFile_isMissing() throws IOException {
        Files.createDirectories(file().resolve("full"));
        KernelCache cache = new KernelCache(folder);
        assertThat(cache.get(NAME)).isEmpty();
        cache.put(NAME, IMAGE);
        assertThat(cache.get(NAME)).isEmpty();
        assertThat(files(folder)).as("nothing unfinished is left").containsExactly(file().getFileName().toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void get_unreadableFile_isMissing() throws IOException {
        KernelCache cache = kept();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file()), "this user may read everything");
        requireMissingThenKept(cache);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void get_linkToAFileThatIsNotThere_isMissing() throws IOException {
        KernelCache cache = kept();
        Files.delete(file());
        Files.createSymbolicLink(file(), folder.resolve("gone"));
        requireMissingThenKept(cache);
    }

    @Test
    void put_folderThatCannotBe_keepsNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        KernelCache cache = new KernelCache(file.resolve("below"));
        cache.put(NAME, IMAGE);
        assertThat(cache.get(NAME)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void put_folderThatMayNotBeWrittenTo_keepsNothing() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(folder), "this user may write anywhere");
        KernelCache cache = new KernelCache(folder);
        cache.put(NAME, IMAGE);
        assertThat(cache.get(NAME)).isEmpty();
    }

    @Test
    void put_again_replaces() throws IOException {
        KernelCache cache = kept();
        byte[] other = {1};
        cache.put(NAME, other);
        assertThat(cache.get(NAME)).hasValue(other);
        assertThat(files(folder)).hasSize(1);
    }

    @Test
    void ofHome_noSuchHome_keepsNothing() {
        Path home = folder.resolve("nobody");
        KernelCache cache = KernelCache.ofHome(home);
        cache.put(NAME, IMAGE);
        assertThat(cache.get(NAME)).isEmpty();
        assertThat(home).doesNotExist();
    }

    @Test
    void ofHome_home_keepsInAFolderOfItsOwn() {
        KernelCache cache = KernelCache.ofHome(folder);
        cache.put(NAME, IMAGE);
        assertThat(folder.resolve(".keratin/cuda-kernels").resolve(NAME + ".cubin")).exists();
    }

    /** Keeps a kernel of many equal bytes again and again, and fails if what it reads meanwhile is missing or of several. */
    static final class KeepAndRead {
        public static void main(String[] arguments) {
            KernelCache cache = new KernelCache(Path.of(arguments[0]));
            byte[] image = new byte[200_000];
            Arrays.fill(image, Byte.parseByte(arguments[1]));
            for (int i = 0; i < 300; i++) {
                cache.put(NAME, image);
                byte[] found = cache.get(NAME).orElseThrow();
                byte[] whole = new byte[image.length];
                Arrays.fill(whole, found[0]);
                if (!Arrays.equals(found, whole)) {
                    throw new AssertionError("a kernel of two processes");
                }
            }
        }
    }

    @Test
    void put_processesAtOnce_everyReaderSeesAWholeKernel() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (String content : List.of("1", "2")) {
            processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
                    System.getProperty("java.class.path"), KeepAndRead.class.getName(), folder.toString(), content)
                            .redirectErrorStream(true).start());
        }
        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        }
        assertThat(files(folder)).containsExactly(file().getFileName().toString());
    }

    @Test
    void digest_anythingThatTheCodeDependsOn_isAnotherOne() {
        String source = "#include \"kernel.cuh\"\nextern \"C\" __global__ void KERNEL() {}\n";
        KernelCompiler.Settings settings = KernelCompiler.Settings.of(90, "13.0");
        Set<String> digests = new HashSet<>(List.of(settings.digest(source), settings.digest(source + " "),
                settings.digest("#include \"elementwise.cuh\"\n" + source), KernelCompiler.Settings.of(80, "13.0").digest(source),
                KernelCompiler.Settings.of(90, "13.1").digest(source),
                new KernelCompiler.Settings(List.of("--gpu-architecture=sm_90"), "13.0").digest(source)));
        assertThat(digests).hasSize(6).contains(KernelCompiler.Settings.of(90, "13.0").digest(source));
    }
}
