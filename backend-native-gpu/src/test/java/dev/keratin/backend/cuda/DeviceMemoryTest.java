package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import dev.keratin.backend.spi.OutOfBackendMemoryException;
import java.util.List;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Device memory is taken from the driver in few blocks, and where there is none, the error says what wanted it. */
@EnabledOnOs(OS.LINUX)
class DeviceMemoryTest extends CallsOnFakeDevice {
    @Test
    void allocate_afterFree_asksTheDriverOnce() {
        backend.allocate(MATRIX).close();
        FakeCuda.calls();
        long before = backend.systemAllocations();
        backend.allocate(MATRIX).close();
        assertThat(count(FakeCuda.calls(), "cuMemAlloc_v2")).isZero();
        assertThat(backend.systemAllocations()).isEqualTo(before);
    }

    @Test
    void compile_plan_takesOneBlockForAllItsMemory() {
        try (Executable executable = backend.compile(program())) {
            assertThat(count(FakeCuda.calls(), "cuMemAlloc_v2")).as(executable.explain()).isEqualTo(1);
        }
    }

    @Test
    void allocate_freeBlocksOfOtherSizes_areGivenBackFirst() {
        FakeCuda.limit(FakeCuda.inUse() + (8 << 20));
        backend.allocate(TensorType.of(DType.FLOAT32, 1 << 20)).close();
        try (Buffer large = backend.allocate(TensorType.of(DType.FLOAT32, 3 << 19))) {
            assertThat(large.isClosed()).isFalse();
        }
    }

    /** The fake device does work only when somebody waits for it: here the copy to the block that is given back. */
    @Test
    void allocate_freeBlocksStillInUse_areWaitedFor() {
        FakeCuda.limit(FakeCuda.inUse() + (8 << 20));
        Buffer first = backend.allocate(TensorType.of(DType.FLOAT32, 1 << 20));
        first.write(ByteBuffer.allocate(4 << 20));
        first.close();
        FakeCuda.calls();
        backend.allocate(TensorType.of(DType.FLOAT32, 3 << 19)).close();
        assertThat(FakeCuda.calls().lines()).containsSubsequence("cuStreamSynchronize", "cuMemFree_v2", "cuMemAlloc_v2");
    }

    /** The driver takes device memory for kernels and graphs too. */
    @ParameterizedTest
    @ValueSource(strings = {"cuModuleLoadData", "cuGraphInstantiateWithFlags", "cuGraphLaunch"})
    void run_noMemoryForWhatTheDriverMakes_freeBlocksAreGivenBackFirst(String function) {
        backend.allocate(TensorType.of(DType.FLOAT32, 1 << 20)).close();
        FakeCuda.fail(function, 1, OUT_OF_MEMORY);
        FakeCuda.calls();
        try (Executable executable = backend.compile(program()); Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX);
                Buffer z = backend.allocate(MATRIX)) {
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            assertThat(FakeCuda.calls().lines()).containsSubsequence(function, "cuMemFree_v2", function);
            assertThat(read(y)).containsExactly(2, 0, 0, 2);
        }
    }

    @Test
    void compile_moreThanTheDeviceHas_namesOpsAndLargestValues() {
        FakeCuda.limit(FakeCuda.inUse());
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(TensorType.of(DType.FLOAT32, 2000, 2000));
        Value y = builder.add(new MatMul(false, false), x, x);
        Program large = builder.build(List.of(builder.add(new MatMul(false, false), y, y)));
        assertThatThrownBy(() -> backend.compile(large)).isInstanceOf(OutOfBackendMemoryException.class)
                .hasMessageContaining("bytes of device memory are required for the working memory of a program,"
                        + " most of it for float32[2000, 2000] of matMul").hasMessageContaining("Received: none, ")
                .hasMessageContaining("use smaller batches");
    }

    @Test
    void allocate_driverRefuses_isNotAnErrorOfTheDevice() {
        FakeCuda.fail("cuMemAlloc_v2", 1, OUT_OF_MEMORY);
        FakeCuda.limit(FakeCuda.inUse());
        TensorType type = TensorType.of(DType.FLOAT64, 1000, 1000);
        assertThatThrownBy(() -> backend.allocate(type)).isInstanceOf(OutOfBackendMemoryException.class)
                .hasMessageContaining("8000000 bytes of device memory are required for a buffer float64[1000, 1000]");
    }
}
