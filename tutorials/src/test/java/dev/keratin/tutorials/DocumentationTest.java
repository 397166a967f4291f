package dev.keratin.tutorials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the Java code of the documentation as it stands: that of one file in one session. */
class DocumentationTest {
    /** How many blocks of all files may be marked as not to be run. */
    private static final int NOT_RUN = 0;

    private static final Path ROOT = Path.of(System.getProperty("keratin.root", "")).toAbsolutePath().normalize();

    @ParameterizedTest
    @MethodSource("pages")
    void page_itsCode_runs(Path page) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        int status = new Script(page.toString(), parse(page).runnable(), new PrintStream(errors, true, StandardCharsets.UTF_8))
                .run(Shell.startup(), new String[0]);

        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void blocks_notRun_areAsManyAsAreKnown() throws IOException {
        assertThat(allPages().stream().mapToInt(page -> parse(page).notRun()).sum()).isEqualTo(NOT_RUN);
    }

    static List<Path> pages() throws IOException {
        return allPages().stream().filter(page -> parse(page).blocks() > 0).toList();
    }

    private static List<Path> allPages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.filter(page -> page.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    private static Markdown parse(Path page) {
        try {
            return Markdown.parse(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
