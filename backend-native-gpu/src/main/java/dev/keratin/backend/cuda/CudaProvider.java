package dev.keratin.backend.cuda;

import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.BackendProvider;
import java.util.Optional;

/** Offers the backend {@code cuda} where there is an NVIDIA GPU with its driver, CUDA 13 and cuDNN 9. */
public final class CudaProvider implements BackendProvider {
    /** Below all others, so that it is only used when it is asked for by name: it has not run on a GPU yet. */
    private static final int PRIORITY = -1;

    /** For {@link java.util.ServiceLoader}. */
    public CudaProvider() {}

    @Override
    public String name() {
        return CudaBackend.NAME;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Optional<String> unavailableReason() {
        return new CudaProbe(Host.here()).reason();
    }

    @Override
    public Backend create() {
        return new CudaBackend(CudaDriver.open());
    }
}
