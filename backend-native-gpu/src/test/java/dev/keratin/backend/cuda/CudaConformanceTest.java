package dev.keratin.backend.cuda;

import dev.keratin.backend.spi.Backend;
import dev.keratin.tck.BackendConformanceTest;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The whole backend but the device: kernels are compiled by g++ and run on the CPU. */
@EnabledOnOs(OS.LINUX)
class CudaConformanceTest extends BackendConformanceTest {
    private final Backend backend = new CudaBackend(new ShimDriver());

    @Override
    protected Backend backend() {
        return backend;
    }
}
