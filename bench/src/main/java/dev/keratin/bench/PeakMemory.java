package dev.keratin.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * {@code ./keratin bench --memory}: the most memory that a process has had resident, which Linux keeps as VmHWM. It only grows,
 * so every workload needs a process of its own.
 */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmHWM:";

    private PeakMemory() {}

    /**
     * The end of a line: the peak of this process so far, in MB of 2^20 bytes, heap, native memory and the JVM itself included.
     *
     * @throws UnsupportedOperationException where the system doesn't tell
     */
    static String ofThisProcess() throws IOException {
        try (Stream<String> lines = Files.exists(STATUS) ? Files.lines(STATUS) : Stream.empty()) {
            return String.format(Locale.ROOT, "%.1f MB peak", kilobytes(lines).orElseThrow(() -> new UnsupportedOperationException(
                    "bench: --memory requires Linux, which keeps the peak in " + STATUS + ". Received: "
                            + System.getProperty("os.name") + ". Measure it with the tools of the system.")) / 1024.0);
        }
    }

    private static OptionalLong kilobytes(Stream<String> lines) {
        return lines.filter(line -> line.startsWith(FIELD))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst();
    }

    /**
     * Runs each workload in a new process with the same Java, options of the JVM and class path, one after the other; their lines
     * go where those of this process go.
     *
     * @return 0, or the exit status of the first that failed, with which it ends
     */
    static int ofEach(List<String> workloads, List<String> options) throws IOException, InterruptedException {
        for (String workload : workloads) {
            Workload.named(workload);
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName(), "--memory"));
            command.addAll(options);
            command.add(workload);
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                return status;
            }
        }
        return 0;
    }
}
