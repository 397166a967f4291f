package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That no function is called that the presets know and CUDA 13.0 lacks: calling one would end the process. */
class MissingFunctionsTest {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    @Test
    void classes_ofTheBackend_nameNoFunctionMissingInCuda130() throws Exception {
        Set<String> missing = missing();
        for (Path file : classFiles()) {
            assertThat(names(file)).as(file.getFileName().toString()).doesNotContainAnyElementsOf(missing);
        }
    }

    @Test
    void names_ofAClass_areThoseOfTheMethodsItCalls() throws Exception {
        assertThat(missing()).hasSize(42).contains("cuGraphGetId");
        assertThat(classFiles().stream().flatMap(file -> names(file).stream()))
                .contains("cuLaunchKernel", "cublasLtMatmul", "nvrtcCompileProgram");
    }

    private static Set<String> missing() throws IOException {
        try (InputStream list = MissingFunctionsTest.class.getResourceAsStream("/missing-in-cuda-13.0.txt")) {
            return new HashSet<>(new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
    }

    private static List<Path> classFiles() throws Exception {
        Path folder = Path.of(CudaBackend.class.getResource("CudaBackend.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    /** The texts of a class's constant pool, the names of all methods that it calls among them. */
    private static Set<String> names(Path file) {
        Set<String> names = new HashSet<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.readLong();
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                if (tag == UTF8) {
                    names.add(in.readUTF());
                } else {
                    in.skipNBytes(length(tag));
                    i += tag == LONG || tag == DOUBLE ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return names;
    }

    private static int length(int tag) {
        return switch (tag) {
            case LONG, DOUBLE -> 8;
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> 4;
        };
    }
}
