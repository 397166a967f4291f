package dev.keratin.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * The tests that a backend is known to fail.
 *
 * @param file where they are listed
 * @param names their names
 */
record KnownFailures(String file, Set<String> names) {
    /** Those of a backend, read from the class path; none if there is no file. */
    static KnownFailures of(String backend, ClassLoader loader) {
        String file = "known-failures/" + backend + ".txt";
        try (InputStream stream = loader.getResourceAsStream(file)) {
            return new KnownFailures(file, stream == null ? Set.of() : read(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> read(InputStream stream) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        return reader.lines().map(line -> line.replaceAll("#.*", "").trim()).filter(line -> !line.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Runs a check; one that is listed has to fail, and is then counted as aborted. */
    void run(Check check) throws Exception {
        if (!names.contains(check.name())) {
            check.body().run();
            return;
        }
        try {
            check.body().run();
        } catch (Exception | AssertionError e) {
            Assumptions.abort("known failure: " + e.getMessage());
        }
        throw new AssertionError("\"" + check.name() + "\" passes. Remove it from " + file + ".");
    }
}
