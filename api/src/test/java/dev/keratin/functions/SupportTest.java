package dev.keratin.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.keratin.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table has every function, and docs/support.md says what they do. */
class SupportTest extends KeepsBackend {
    private static final String UPDATE = "docs/support.md is not what was found. If the change is meant: "
            + "mvn test -P '!nvrtc' -pl api -am -Dtest=SupportTest -Dsurefire.failIfNoSpecifiedTests=false -Dkeratin.update=true";

    @Test
    void table_hasEveryFunctionOfTheFacades() {
        TreeSet<String> functions = new TreeSet<>();
        FunctionTable.FACADES.forEach(facade -> functions.addAll(FunctionTable.functions(facade)));

        Set<String> named = FunctionTable.cases().stream().map(FunctionCase::function).collect(Collectors.toSet());
        assertThat(named).isEqualTo(functions);
    }

    @Test
    void page_isWhatWasFound() throws IOException {
        assumeThat(Backends.available()).as("the page tells of what they refuse").containsAll(Support.BACKENDS);
        String found = Support.page();
        Path file = root().resolve("docs/support.md");
        if (Boolean.getBoolean("keratin.update")) {
            Files.writeString(file, found);
        }

        assertThat(Files.readString(file)).as(UPDATE).isEqualTo(found);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CHANGELOG.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
