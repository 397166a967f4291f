package dev.keratin.bench;

import dev.keratin.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./keratin bench}: times the workloads of the performance table, one line each. */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Times workloads and prints for each: <backend> <workload> <samples per second> <milliseconds per step>,"
                + " the median of the timed steps after warm-up.")
public final class Bench implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "WORKLOAD", description = "Which ones; all of them by default. Known: ${COMPLETION-CANDIDATES}",
            completionCandidates = Workload.Names.class)
    private List<String> workloads = List.of();

    @Option(names = "--seconds", defaultValue = "10", description = "How long each is timed; ${DEFAULT-VALUE} by default.")
    private double seconds;

    @Option(names = "--dtype", defaultValue = "float32", paramLabel = "POLICY",
            description = "The dtype policy of the layers, such as mixed_bfloat16; ${DEFAULT-VALUE} by default.")
    private String dtype = "float32";

    @Option(names = "--batch", paramLabel = "N", description = "Samples per step; those of the performance table by default.")
    private @Nullable Integer batch;

    @Option(names = "--explain", description = "Prints the compiled program of a step instead of timing it.")
    private boolean explain;

    @Option(names = "--profile", paramLabel = "FILE",
            description = "Writes a Chrome trace of the steps, one span an op, and prints the ops by time.")
    private @Nullable Path profile;

    @Option(names = "--figures", description = "Prints kernels, bytes and allocations of a step instead of timing it.")
    private boolean figures;

    @Option(names = "--launches", description = "Prints what a step asks of a GPU instead of timing it; needs none.")
    private boolean launches;

    @Option(names = "--first-step", description = "Prints how long fit takes until its first step runs; give one WORKLOAD.")
    private boolean firstStep;

    @Option(names = "--memory", description = "Times each workload in a JVM of its own, whose peak resident memory (VmHWM of"
            + " Linux: heap, native memory and the JVM itself) ends the line, in MB of 2^20 bytes.")
    private boolean memory;

    @Option(names = "--scaling", paramLabel = "FOLDER",
            description = "Times batches of 1 to 512 and compiling 10 to 1,000 layers; prints tables, writes plots into a folder.")
    private @Nullable Path scaling;

    @Option(names = "--kernels", description = "Times kernels, all or those named in place of workloads, under JMH; prints time,"
            + " GFLOP/s and GB/s of each.")
    private boolean kernels;

    private Bench() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        if (kernels) {
            KernelBenchmark.time(workloads.isEmpty() ? Kernels.names() : workloads, seconds);
            return 0;
        }
        Configuration.setDTypePolicy(dtype);
        if (scaling != null) {
            System.out.print(new Scaling(seconds, scaling).run());
            return 0;
        }
        List<String> names = workloads.isEmpty() ? List.copyOf(Workload.all().keySet()) : workloads;
        if (memory && names.size() > 1) {
            return PeakMemory.ofEach(names, options());
        }
        for (String name : names) {
            Workload workload = batch == null ? Workload.named(name) : Workload.named(name).withBatch(batch);
            if (figures || firstStep || launches) {
                System.out.println(figures ? Figures.of(workload) : firstStep ? FirstStep.of(workload) : GpuLaunches.line(workload, dtype));
                continue;
            }
            try (Workload.Run run = workload.prepare()) {
                if (explain) {
                    System.out.println(run.program().explain());
                } else if (profile != null) {
                    System.out.print(Profiling.of(run, seconds, profile));
                } else {
                    String line = new Timing(seconds).line(workload, run);
                    System.out.println(memory ? line + " " + PeakMemory.ofThisProcess() : line);
                }
            }
        }
        return 0;
    }

    private List<String> options() {
        Stream<String> always = Stream.of("--seconds", String.valueOf(seconds), "--dtype", dtype);
        return Stream.concat(always, batch == null ? Stream.of() : Stream.of("--batch", batch.toString())).toList();
    }
}
