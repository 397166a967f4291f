package dev.keratin.backend.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keratin.backend.spi.Backend;
import dev.keratin.tck.BackendConformanceTest;
import java.util.Optional;

/**
 * The backend on a GPU, with NVIDIA's libraries; skipped where there is none. {@code -Dkeratin.cuda.test=fake} takes the fake
 * device of the tests instead. Products are computed in full float32, as the tolerances of the cases want it.
 */
class DeviceConformanceTest extends BackendConformanceTest {
    private static final String TEST = "keratin.cuda.test";

    @Override
    protected Backend backend() {
        if ("fake".equals(System.getProperty(TEST))) {
            FakeCuda.install();
        }
        Optional<String> reason = new CudaProbe(Host.here()).reason();
        assumeTrue(reason.isEmpty(), () -> "no GPU: " + reason.orElse(""));
        Optional<String> before = Optional.ofNullable(System.setProperty(Products.TF32, "false"));
        try {
            return new CudaProvider().create();
        } finally {
            before.ifPresentOrElse(value -> System.setProperty(Products.TF32, value), () -> System.clearProperty(Products.TF32));
        }
    }
}
