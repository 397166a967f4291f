package dev.keratin.backend.spi;

import java.util.Optional;

/** Found by {@link java.util.ServiceLoader}: tells whether its backend can run here and makes it. */
public interface BackendProvider {
    /** The name of the backend, such as {@code "native-cpu"}. */
    String name();

    /** The provider that can run and has the highest priority is the default: java 0, native-cpu 100; cuda, a preview, -1. */
    int priority();

    /**
     * Empty if the backend can run here, else one sentence why it can't and what would help. Never throws, never ends
     * the process, takes at most a fraction of a second.
     */
    Optional<String> unavailableReason();

    /**
     * The backend; called once, only when it can run.
     *
     * @throws IllegalStateException if it can't be started after all
     */
    Backend create();
}
