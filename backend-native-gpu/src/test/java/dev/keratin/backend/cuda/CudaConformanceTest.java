package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.Backend;
import dev.keratin.tck.BackendConformanceTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The whole backend but the device: kernels are compiled by g++ and run on the CPU. */
@EnabledOnOs(OS.LINUX)
class CudaConformanceTest extends BackendConformanceTest {
    private final ShimDriver driver = new ShimDriver();
    private final Backend backend = new CudaBackend(driver);

    @Override
    protected Backend backend() {
        return backend;
    }

    @Override
    protected void prepare(Stream<Program> programs) {
        driver.loadAll(() -> programs.forEach(program -> backend.compile(program).close()));
    }
}
