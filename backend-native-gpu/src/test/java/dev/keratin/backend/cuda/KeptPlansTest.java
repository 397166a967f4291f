package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** That plans for which cuDNN compiled kernels are kept for the next process, and others not. */
@EnabledOnOs(OS.LINUX)
class KeptPlansTest {
    /** Sums of nine terms around 1 in float32. */
    private static final double NEAR = 1e-4;

    @TempDir
    private Path folder;
    private String before = "";

    @BeforeEach
    void keepHere() {
        FakeCuda.install();
        before = System.setProperty(KernelCache.PROPERTY, folder.toString());
    }

    @AfterEach
    void keepThere() {
        System.setProperty(KernelCache.PROPERTY, before);
    }

    /** A convolution of images of four channels; a kernel is compiled where each channel has filters of its own. */
    private static Program program(int groups) {
        ProgramBuilder builder = new ProgramBuilder();
        ConvSpec spec = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), groups);
        return builder.build(builder.add(new Conv(spec), builder.parameter(new TensorType(DType.FLOAT32, Shape.of(2, 5, 5, 4))),
                builder.parameter(new TensorType(DType.FLOAT32, Shape.of(3, 3, 4 / groups, 4)))));
    }

    /** How often the library is asked for engines by a driver that starts now, for a program that computes what it should. */
    private static long searches(Program program) {
        CudaBackend backend = new CudaBackend(CudaDriver.open());
        FakeCuda.calls();
        OnShim.check(backend, program, NEAR, program.parameterTypes().stream().map(OnShim::random).toList());
        return FakeCuda.calls().lines().filter("heuristics"::equals).count();
    }

    @Test
    void plan_compiled_isTakenFromTheFolder() {
        assertThat(searches(program(4))).as("nothing is kept").isPositive();
        assertThat(searches(program(4))).as("the plan is kept").isZero();
    }

    @Test
    void plan_notCompiled_isMadeAgain() {
        assertThat(searches(program(2))).isPositive();
        assertThat(searches(program(2))).isPositive();
    }

    @Test
    void plan_textThatTheLibraryRefuses_isMadeAndKeptAgain() throws IOException {
        searches(program(4));
        KernelCache cache = new KernelCache(folder);
        for (String name : names()) {
            if (new String(cache.get(name).orElseThrow(), StandardCharsets.ISO_8859_1).startsWith("plan ")) {
                cache.put(name, new byte[] {1, 2, 3});
            }
        }
        assertThat(searches(program(4))).as("the text says nothing").isPositive();
        assertThat(searches(program(4))).as("it is mended").isZero();
    }

    @Test
    void plan_thatTheLibraryDoesNotWrite_isUsedAndMadeAgain() {
        FakeCuda.fail("text", 1, 3000);
        assertThat(searches(program(4))).isPositive();
        assertThat(searches(program(4))).as("it was not kept").isPositive();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".cubin", "")).toList();
        }
    }
}
