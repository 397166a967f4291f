package dev.keratin.functions;

import dev.keratin.Backends;
import org.junit.jupiter.api.AfterEach;

/** A test that chooses backends; afterwards the one from before is back. */
abstract class KeepsBackend {
    private final String before = Backends.current().name();

    @AfterEach
    final void restoreBackend() {
        Backends.use(before);
    }
}
