package dev.keratin.backend.cpu;

import dev.keratin.backend.spi.Backend;
import dev.keratin.tck.BackendConformanceTest;

class NativeCpuConformanceTest extends BackendConformanceTest {
    private final Backend backend = new NativeCpuProvider().create();

    @Override
    protected Backend backend() {
        return backend;
    }
}
