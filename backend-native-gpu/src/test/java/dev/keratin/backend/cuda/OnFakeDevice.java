package dev.keratin.backend.cuda;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test on the faked device, with a new backend for each method. */
abstract class OnFakeDevice {
    CudaBackend backend;

    @BeforeAll
    static void fake() {
        FakeCuda.install();
    }

    @BeforeEach
    void openBackend() {
        backend = new CudaBackend(CudaDriver.open());
    }
}
