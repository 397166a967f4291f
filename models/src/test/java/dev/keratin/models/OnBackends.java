package dev.keratin.models;

import dev.keratin.Backends;
import org.junit.jupiter.api.AfterEach;

/** A test that chooses backends; afterwards the one from before is back. */
public abstract class OnBackends {
    /** The interpreter that anything runs on. */
    protected static final String JAVA = "java";

    /** Native code. */
    protected static final String NATIVE = "native-cpu";

    private final String before = Backends.current().name();

    @AfterEach
    final void restoreBackend() {
        Backends.use(before);
    }
}
