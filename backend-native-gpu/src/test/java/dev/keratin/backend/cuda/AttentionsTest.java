package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of cuDNN for attention, of a library that computes graphs node by node. */
@EnabledOnOs(OS.LINUX)
class AttentionsTest {
    private static final String EXECUTE = "cudnnBackendExecute";
    private static final int EXECUTION_FAILED = 5000;

    private static Backend backend;

    @BeforeAll
    static void fake() {
        FakeCuda.install();
        backend = new CudaBackend(CudaDriver.open());
    }

    /** How often cuDNN computes something while a program gives what the interpreter gives. */
    private static long calls(Program program) {
        DType dtype = program.parameterTypes().get(0).dtype();
        backend.compile(program).close();
        FakeCuda.calls();
        OnShim.check(backend, program, tolerance(dtype), AttentionPrograms.arguments(program));
        return FakeCuda.calls().lines().filter(EXECUTE::equals).count();
    }

    /** The interpreter rounds the scores, up to 2, and their gradients to 16 bits; sums over 72 of them go into the results. */
    private static double tolerance(DType dtype) {
        return dtype == DType.FLOAT32 ? 1e-5 : dtype == DType.FLOAT16 ? 4e-3 : 3e-2;
    }

    @ParameterizedTest
    @EnumSource
    void attention_trainingInBfloat16_isOneCallForwardAndOneBackward(AttentionPrograms.Hidden hidden) {
        assertThat(calls(AttentionPrograms.of(DType.BFLOAT16, true, hidden))).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void attention_trainingInFloat16_isOneCallForwardAndOneBackward(AttentionPrograms.Hidden hidden) {
        assertThat(calls(AttentionPrograms.of(DType.FLOAT16, true, hidden))).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32"})
    void attention_inference_isOneCall(DType dtype) {
        assertThat(calls(AttentionPrograms.of(dtype, false, AttentionPrograms.Hidden.MASK))).isEqualTo(1);
    }

    @Test
    void attention_float32InTraining_isNotTheLibrarys() {
        assertThat(calls(AttentionPrograms.of(AttentionPrograms.Obstacle.FLOAT32))).isZero();
    }

    /** The gradients of all scores are kept as long as they are small. */
    @ParameterizedTest
    @CsvSource({"4, false", "64, true"})
    void attention_manyScores_sumsUpTheGradientOfTheQuery(long batch, boolean accumulates) {
        Shape shape = Shape.of(batch, 2048, 8, 64);
        CudaDriver.open();
        Attentions.Planned planned = Attentions.plan(new Attention(DType.BFLOAT16, shape, shape, 64, 1, true, null, true), false,
                Cudnn.open(new Faults(), new CUstream_st()), (graph, make) -> make.get()).orElseThrow();
        assertThat(planned.accumulating()).isEqualTo(accumulates);
        assertThat(Objects.requireNonNull(planned.gradient()).scratchBytes()).isEqualTo(256 + (accumulates ? 0 : batch * 8 * 2048 * 2048 * 2));
        planned.destroy();
    }

    @Test
    void attention_depthTheLibraryLacks_isRefused() {
        Shape shape = Shape.of(1, 64, 1, 136);
        assertThat(CudaDriver.open().attention(new Attention(DType.BFLOAT16, shape, shape, 136, 1, false, null, false))).isEmpty();
    }

    @Test
    void attention_plannedBefore_isReadFromDisk() {
        Program program = AttentionPrograms.of(DType.FLOAT16, true, AttentionPrograms.Hidden.NONE);
        new CudaBackend(CudaDriver.open()).compile(program).close();
        FakeCuda.calls();
        new CudaBackend(CudaDriver.open()).compile(program).close();
        assertThat(FakeCuda.calls().lines()).doesNotContain("heuristics");
    }

    /** One that computes something else than its graph says. */
    @Test
    void attention_libraryIsWrong_isNotTheLibrarys() {
        Program program = AttentionPrograms.of(DType.BFLOAT16, true, AttentionPrograms.Hidden.CAUSAL);
        Backend fresh = new CudaBackend(CudaDriver.open());
        FakeCuda.misread(true);
        try {
            FakeCuda.calls();
            OnShim.check(fresh, program, tolerance(DType.BFLOAT16), AttentionPrograms.arguments(program));
            assertThat(FakeCuda.calls().lines().filter(EXECUTE::equals).count()).as("the trial's").isEqualTo(1);
        } finally {
            FakeCuda.misread(false);
        }
    }

    @Test
    void attention_libraryFails_saysWhere() {
        Program program = AttentionPrograms.of(DType.BFLOAT16, false, AttentionPrograms.Hidden.NONE);
        Backend fresh = new CudaBackend(CudaDriver.open());
        List<ByteBuffer> arguments = AttentionPrograms.arguments(program);
        fresh.compile(program).close();
        FakeCuda.fail(EXECUTE, 1, EXECUTION_FAILED);
        assertThatThrownBy(() -> OnShim.run(fresh, program, arguments)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Received: CUDNN_STATUS, 5000 of " + EXECUTE + " in attention");
    }
}
