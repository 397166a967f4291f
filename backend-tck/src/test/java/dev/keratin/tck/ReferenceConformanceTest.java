package dev.keratin.tck;

import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;

/** The suite on the {@code java} backend itself. */
final class ReferenceConformanceTest extends BackendConformanceTest {
    private final Backend backend = new ReferenceProvider().create();

    @Override
    protected Backend backend() {
        return backend;
    }
}
