package dev.keratin.models;

import dev.keratin.Backends;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;

/**
 * A test that chooses backends; afterwards the one from before is back. What holds for every backend is tested on the two that
 * run anywhere, or, with {@code -Dkeratin.backend=NAME}, on that one.
 */
public abstract class OnBackends {
    /** The interpreter that anything runs on. */
    protected static final String JAVA = "java";

    /** Native code. */
    protected static final String NATIVE = "native-cpu";

    private static final String ASKED_FOR = System.getProperty("keratin.backend");

    private final String before = Backends.current().name();

    /** Those that a test of every backend runs on. */
    protected static Stream<String> backends() {
        return ASKED_FOR != null ? Stream.of(ASKED_FOR) : Stream.of(JAVA, NATIVE);
    }

    /** Makes a backend the current one; where it can't run the test is skipped, unless it was asked for by name. */
    protected static void use(String backend) {
        Assumptions.assumeTrue(backend.equals(ASKED_FOR) || Backends.available().contains(backend), backend + " can't run here");
        Backends.use(backend);
    }

    @AfterEach
    final void restoreBackend() {
        Backends.use(before);
    }
}
