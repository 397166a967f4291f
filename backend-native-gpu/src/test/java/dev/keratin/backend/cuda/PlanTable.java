package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINECFG_ENGINE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_GLOBAL_INDEX;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_NUMERICAL_NOTE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINECFG_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_TENSOR_CORE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_NUMERICAL_NOTE;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How cuDNN would compute the convolutions of programs on an H200: each is planned once. */
public final class PlanTable {
    /** System property: the folders with {@code libcudnn*.so.9}, cuBLAS, NVRTC and {@code libcudart.so.13}, separated as in a path. */
    public static final String FOLDERS = "keratin.test.cudnn";

    private final DescribedDevice device = DescribedDevice.h200();
    private final boolean exact;
    private final Map<Convolution, Optional<Planned>> plans = new LinkedHashMap<>();

    /** What was found for a convolution, and how long it took. */
    record Planned(GraphPlan plan, long engine, boolean tensorCores, double seconds) {}

    /**
     * Without any program yet.
     *
     * @param exact whether factors of float32 may not be rounded to TF32
     */
    public PlanTable(boolean exact) {
        this.exact = exact;
    }

    /**
     * What a program prints that makes such tables, in a process with NVIDIA's libraries and, in place of the driver, the fake one.
     *
     * @param temporary a folder
     */
    public static String output(Class<?> main, Path temporary) throws IOException, InterruptedException {
        String folders = System.getProperty(FOLDERS) + File.pathSeparator + FakeCuda.folder();
        return Child.output(main, Map.of(), List.of("-Xmx3g", "-Dorg.bytedeco.javacpp.cachedir=" + temporary,
                "-D" + CudaLibraries.PROPERTY + "=" + folders));
    }

    /** Plans those of a program that were in none before; one line for each. */
    public String add(Program program) {
        int before = plans.size();
        new RecordingDriver(this::isPlanned).lower(program);
        StringBuilder lines = new StringBuilder();
        plans.entrySet().stream().skip(before).forEach(entry -> lines.append(line(entry.getKey(), entry.getValue())));
        return lines.toString();
    }

    /** Sums up all lines. */
    public String summary() {
        List<Planned> found = plans.values().stream().flatMap(Optional::stream).toList();
        return String.format(Locale.ROOT, "%s: %d planned, %d refused; %d with tensor cores, %d compiled; at most %d KiB; %.1f s%n",
                exact ? "in full precision" : "with TF32", found.size(), plans.size() - found.size(),
                found.stream().filter(Planned::tensorCores).count(), found.stream().filter(each -> each.plan().compiled()).count(),
                found.stream().mapToLong(each -> each.plan().scratchBytes() >> 10).max().orElse(0),
                found.stream().mapToDouble(Planned::seconds).sum());
    }

    private boolean isPlanned(Convolution convolution) {
        return convolution.dtype() != DType.FLOAT64 && plans.computeIfAbsent(convolution, this::plan).isPresent();
    }

    private Optional<Planned> plan(Convolution convolution) {
        long start = System.nanoTime();
        Optional<GraphPlan> plan = Convolutions.plan(convolution, exact, device);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return plan.map(found -> planned(found, seconds));
    }

    private static Planned planned(GraphPlan plan, double seconds) {
        Descriptor engine = plan.plan().parts(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, 1).get(0)
                .parts(CUDNN_ATTR_ENGINECFG_ENGINE, CUDNN_BACKEND_ENGINE_DESCRIPTOR, 1).get(0);
        return new Planned(plan, engine.number(CUDNN_ATTR_ENGINE_GLOBAL_INDEX),
                engine.choices(CUDNN_ATTR_ENGINE_NUMERICAL_NOTE, CUDNN_TYPE_NUMERICAL_NOTE).contains(CUDNN_NUMERICAL_NOTE_TENSOR_CORE), seconds);
    }

    private static String line(Convolution convolution, Optional<Planned> planned) {
        return String.format(Locale.ROOT, "%-110s %s%n", text(convolution), planned.map(found -> String.format(Locale.ROOT,
                "engine %3d %-12s %-8s %9d KiB %6.0f ms", found.engine(), found.tensorCores() ? "tensor cores" : "",
                found.plan().compiled() ? "compiled" : "", found.plan().scratchBytes() >> 10, found.seconds() * 1e3)).orElse("REFUSED"));
    }

    private static String text(Convolution c) {
        return c.kind() + " " + c.dtype() + " " + c.input() + " * " + c.kernel() + " = " + c.output() + " strides " + c.strides() + " paddings "
                + c.paddings() + " dilations " + c.dilations() + (c.epilogue().equals(Epilogue.NONE) ? "" : " " + c.epilogue());
    }
}
