package dev.keratin.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code ./keratin bench --kernels}: the kernels of a table under JMH, each as a compiled program of its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class KernelBenchmark {
    /** Which of {@link Kernels}. */
    @Param({})
    public String kernel = "";

    private Kernel.@Nullable Run run;

    /** For JMH. */
    public KernelBenchmark() {}

    /** Makes operands and program. */
    @Setup(Level.Trial)
    public void prepare() {
        run = Kernels.named(kernel).prepare();
    }

    /** One run. */
    @Benchmark
    public int run() {
        return run.run();
    }

    /** Frees what was made. */
    @TearDown(Level.Trial)
    public void close() {
        run.close();
    }

    /** Times kernels, each for some seconds; prints what JMH measures, then a line for each with its rates. */
    static void time(List<String> names, double seconds) throws RunnerException {
        names.forEach(Kernels::named);
        TimeValue iteration = TimeValue.milliseconds(Math.max(1, Math.round(seconds * 1000 / 7)));
        OptionsBuilder options = new OptionsBuilder();
        options.include(KernelBenchmark.class.getName()).param("kernel", names.toArray(String[]::new))
                .warmupTime(iteration).measurementTime(iteration);
        for (RunResult result : new Runner(options.build()).run()) {
            try (Kernel.Run measured = Kernels.named(result.getParams().getParam("kernel")).prepare()) {
                System.out.println(measured.line(result.getPrimaryResult().getScore()));
            }
        }
    }
}
