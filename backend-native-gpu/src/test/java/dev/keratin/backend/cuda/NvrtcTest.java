package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.ir.Program;
import dev.keratin.tck.CasePrograms;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * That NVIDIA's compiler takes every kernel which the cases of the conformance suite, and lines that are cut into parts, are
 * lowered to, for the three kinds of devices. It runs in a process of its own, with the fake driver, since it takes a driver's
 * library to load.
 */
@EnabledIfSystemProperty(named = NvrtcTest.FOLDER, matches = ".+", disabledReason = "NVRTC was left out (-P '!nvrtc')")
class NvrtcTest {
    /** System property: where {@code libnvrtc.so.13} lies. */
    static final String FOLDER = "keratin.test.nvrtc";

    @TempDir
    private Path temporary;

    @Test
    void kernels_ofAllCases_compileForAllDevices() throws Exception {
        String folders = System.getProperty(FOLDER) + File.pathSeparator + FakeCuda.folder();
        String output = Child.output(CompileAll.class, Map.of(), List.of("-Xmx2g", "-Dorg.bytedeco.javacpp.cachedir=" + temporary,
                "-D" + CudaLibraries.PROPERTY + "=" + folders));
        assertThat(output).contains("NVRTC 13.").contains("sm_80: 0 failed").contains("sm_90: 0 failed").contains("sm_100: 0 failed");
        System.out.println(output);
    }

    /** Compiles all kernels, many at a time. */
    static final class CompileAll {
        /** Kernels of one compilation: what they include is read once for all. */
        private static final int BATCH = 150;

        public static void main(String[] arguments) {
            CudaLibraries files = new CudaLibraries(Host.here());
            files.prepareDriver();
            files.prepareOthers();
            Map<String, List<Kernel>> kernels = kernels();
            CompletableFuture.allOf(Stream.of(80, 90, 100).map(capability -> CompletableFuture.runAsync(() -> compile(kernels, capability),
                    task -> new Thread(task).start())).toArray(CompletableFuture[]::new)).join();
        }

        private static void compile(Map<String, List<Kernel>> kernels, int capability) {
            KernelCompiler compiler = new KernelCompiler(capability);
            long start = System.nanoTime();
            int failed = kernels.entrySet().stream().mapToInt(each -> failures(compiler, each.getKey(), each.getValue())).sum();
            System.out.printf("NVRTC %s, sm_%d: %d failed of %d kernels, %.1f s%n", compiler.version(), capability, failed,
                    kernels.values().stream().mapToInt(List::size).sum(), (System.nanoTime() - start) / 1e9);
        }

        /** By what they include. */
        private static Map<String, List<Kernel>> kernels() {
            Map<String, Kernel> found = new LinkedHashMap<>();
            Stream.concat(CasePrograms.all(), SplitLinesTest.programs()).forEach(program -> List.of(true, false).forEach(library ->
                    lowered(program, library).forEach(kernel -> found.put(kernel.name(), kernel))));
            found.put("headers", AllHeaders.kernel());
            Map<String, List<Kernel>> groups = new HashMap<>();
            found.values().forEach(kernel -> groups.computeIfAbsent(includes(kernel), key -> new ArrayList<>()).add(kernel));
            return groups;
        }

        private static List<Kernel> lowered(Program program, boolean library) {
            RecordingDriver driver = new RecordingDriver(each -> library, each -> library);
            try {
                driver.lower(program);
            } catch (UnsupportedOperationException e) {
                return List.of();
            }
            return driver.sources();
        }

        private static String includes(Kernel kernel) {
            return kernel.source().substring(0, kernel.source().indexOf("extern"));
        }

        private static int failures(KernelCompiler compiler, String includes, List<Kernel> kernels) {
            int failed = 0;
            for (int i = 0; i < kernels.size(); i += BATCH) {
                List<Kernel> batch = kernels.subList(i, Math.min(i + BATCH, kernels.size()));
                StringBuilder source = new StringBuilder(includes);
                batch.forEach(kernel -> source.append("#define KERNEL ").append(kernel.name()).append('\n')
                        .append(kernel.source().substring(includes.length())).append("#undef KERNEL\n"));
                failed += compiles(compiler, "batch", source.toString()) ? 0 : (int) batch.stream()
                        .filter(kernel -> !compiles(compiler, kernel.name(), kernel.text())).peek(kernel -> System.out.println(kernel.source())).count();
            }
            return failed;
        }

        private static boolean compiles(KernelCompiler compiler, String name, String source) {
            try {
                return compiler.compile(name, source).length > 0;
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage().lines().limit(12).reduce("", (a, b) -> a + "\n" + b));
                return false;
            }
        }
    }
}
