package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** That closed programs leave nothing in the driver and the libraries but the few things that are kept for the next ones. */
@EnabledOnOs(OS.LINUX)
class FreeingTest {
    private static final int MANY = 1000;
    /** Engine and plan of one convolution. */
    private static final long DESCRIPTORS = 2;
    private static final ConvSpec SPEC = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), 1);

    private CudaBackend backend;

    @BeforeAll
    static void fake() {
        FakeCuda.install();
    }

    /** One that keeps one thing of each kind. */
    @BeforeEach
    void openBackend() {
        backend = new CudaBackend(CudaDriver.open(1));
    }

    private static Map<String, Long> live() {
        return FakeCuda.live().lines().collect(Collectors.toMap(line -> line.replaceAll(" -?\\d+$", ""),
                line -> Long.valueOf(line.replaceAll(".* ", ""))));
    }

    private static TensorType type(long... dims) {
        return new TensorType(DType.FLOAT32, Shape.of(dims));
    }

    /** A convolution of pictures of this length, products of its result and a function of them. */
    private static Program program(BinaryKind kind, long length) {
        ProgramBuilder builder = new ProgramBuilder();
        Value sum = builder.add(new Conv(SPEC), builder.parameter(type(1, length, 3, 1)), builder.parameter(type(3, 3, 1, 2)));
        Value products = builder.add(new MatMul(false, true), sum, sum);
        return builder.build(builder.add(new Binary(kind), products, products));
    }

    /** Compiles, runs until all work is recorded, and closes. */
    private void use(Program program) {
        try (Executable executable = backend.compile(program)) {
            List<Buffer> buffers = Stream.concat(program.parameterTypes().stream(), program.resultTypes().stream()).map(backend::allocate).toList();
            for (int run = 0; run < 3; run++) {
                executable.run(buffers.subList(0, 2).toArray(Buffer[]::new), buffers.subList(2, 3).toArray(Buffer[]::new));
            }
            buffers.forEach(Buffer::close);
        }
    }

    @Test
    void close_sameProgramManyTimes_leavesWhatTheFirstTimeDid() {
        use(program(BinaryKind.MUL, 4));
        Map<String, Long> once = live();
        long bytes = FakeCuda.inUse();
        for (int i = 0; i < MANY; i++) {
            use(program(BinaryKind.MUL, 4));
        }
        assertThat(live()).isEqualTo(once).containsEntry("executable graph", 0L).containsEntry("graph", 0L);
        assertThat(FakeCuda.inUse()).isEqualTo(bytes);
        assertThat(backend.allocatedBytes()).isZero();
    }

    @Test
    void close_manyProgramsOfOtherLengths_keepsAsManyPlansAsItMay() {
        use(program(BinaryKind.MUL, 4));
        Map<String, Long> once = withoutEvents();
        for (int i = 0; i < MANY / 4; i++) {
            backend.compile(program(BinaryKind.MUL, 5 + i)).close();
        }
        assertThat(withoutEvents()).isEqualTo(once);
    }

    /** Each block of memory has an event, and those of other lengths are kept. */
    private static Map<String, Long> withoutEvents() {
        Map<String, Long> live = new HashMap<>(live());
        live.remove("event");
        return live;
    }

    @Test
    void compile_programsThatStayOpen_eachHasItsPlan() {
        long before = live().get("descriptor");
        List<Executable> open = Stream.of(4, 5, 6).map(length -> backend.compile(program(BinaryKind.MUL, length))).toList();
        assertThat(live()).containsEntry("descriptor", before + 3 * DESCRIPTORS);
        open.forEach(Executable::close);
        assertThat(live()).containsEntry("descriptor", before + DESCRIPTORS);
    }

    @Test
    void close_programsOfOtherKernels_unloadsTheirModulesWhenTheirWorkIsDone() {
        use(program(BinaryKind.MUL, 4));
        long one = live().get("module");
        for (BinaryKind kind : List.of(BinaryKind.DIV, BinaryKind.SUB, BinaryKind.MAX)) {
            FakeCuda.calls();
            use(program(kind, 4));
            assertThat(FakeCuda.calls()).contains("cuStreamSynchronize\ncuModuleUnload");
            assertThat(live()).containsEntry("module", one);
        }
    }

    @Test
    void compile_fails_givesBackWhatItHad() {
        use(program(BinaryKind.MUL, 4));
        Map<String, Long> once = live();
        for (String function : List.of("cuModuleLoadData", "cuModuleGetFunction")) {
            FakeCuda.fail(function, 1, 200);
            assertThatThrownBy(() -> backend.compile(program(BinaryKind.POW, 4))).hasMessageContaining(function);
            assertThat(live()).isEqualTo(once);
        }
    }
}
