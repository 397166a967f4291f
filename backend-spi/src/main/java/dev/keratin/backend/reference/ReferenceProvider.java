package dev.keratin.backend.reference;

import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.BackendProvider;
import java.util.Optional;

/** Provides the {@code java} backend, which can run everywhere. */
public final class ReferenceProvider implements BackendProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ReferenceProvider() {}

    @Override
    public String name() {
        return ReferenceBackend.NAME;
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.empty();
    }

    @Override
    public Backend create() {
        return new ReferenceBackend();
    }
}
