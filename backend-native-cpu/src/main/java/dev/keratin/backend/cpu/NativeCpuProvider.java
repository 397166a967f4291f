package dev.keratin.backend.cpu;

import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.BackendProvider;
import java.util.Optional;

/** Offers the backend {@code native-cpu} where its library can be loaded. */
public final class NativeCpuProvider implements BackendProvider {
    static final String NAME = "native-cpu";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Optional<String> unavailableReason() {
        try {
            NativeLibrary.threads();
            return Optional.empty();
        } catch (LinkageError e) {
            return Optional.of("its library can't be loaded here (" + firstLine(e) + "): it is made for 64-bit x86 Linux;"
                    + " is the jar with the natives of this platform on the class path?");
        }
    }

    private static String firstLine(LinkageError e) {
        Throwable cause = e.getCause() != null ? e.getCause() : e;
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no message");
    }

    @Override
    public Backend create() {
        return new NativeCpuBackend();
    }
}
