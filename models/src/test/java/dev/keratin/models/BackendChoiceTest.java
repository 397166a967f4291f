package dev.keratin.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.keratin.Backends;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to choose a backend, strongest first, each in a process of its own. */
class BackendChoiceTest extends OnBackends {
    @TempDir
    private Path home;

    /** Prints the backend that is used, or what is wrong. */
    static final class PrintBackend {
        public static void main(String[] arguments) {
            try {
                for (String name : arguments) {
                    Backends.use(name);
                }
                System.out.println("backend=" + Backends.current().name());
            } catch (IllegalArgumentException | IllegalStateException e) {
                System.out.println("refused=" + e.getMessage());
            }
        }
    }

    private ChildJvm child() {
        return new ChildJvm(PrintBackend.class).option("-Duser.home=" + home);
    }

    private void writeConfiguration(String json) throws Exception {
        Files.createDirectories(home.resolve(".keratin"));
        Files.writeString(home.resolve(".keratin/keratin.json"), json);
    }

    @Test
    void current_nothingSet_isTheBestThatRuns() throws Exception {
        assertThat(child().run().output()).contains("backend=" + Backends.available().get(0));
    }

    @Test
    void current_file_decides() throws Exception {
        writeConfiguration("{\"backend\": \"java\", \"floatx\": \"float32\"}");
        assertThat(child().run().output()).contains("backend=java");
    }

    @Test
    void current_environmentVariable_isStrongerThanTheFile() throws Exception {
        writeConfiguration("{\"backend\": \"no-such\"}");
        assertThat(child().environment("KERATIN_BACKEND", "java").run().output()).contains("backend=java");
    }

    @Test
    void current_systemProperty_isStrongerThanTheVariable() throws Exception {
        ChildJvm child = child().environment("KERATIN_BACKEND", "no-such").option("-Dkeratin.backend=java");
        assertThat(child.run().output()).contains("backend=java");
    }

    @Test
    void use_isStrongerThanTheProperty() throws Exception {
        assertThat(child().option("-Dkeratin.backend=no-such").run("java").output()).contains("backend=java");
    }

    @Test
    void current_unknownNameInProperty_saysWhereItStandsAndWhatIsThere() throws Exception {
        assumeThat(Backends.available()).contains(NATIVE);
        ChildJvm.Result result = child().option("-Dkeratin.backend=jva").run();
        assertThat(result.output()).contains("refused=-Dkeratin.backend: ").contains("Received: \"jva\"")
                .contains("\"native-cpu\", \"java\"").contains("Did you mean \"java\"?").doesNotContain("\tat ");
    }

    @Test
    void current_brokenFile_namesIt() throws Exception {
        writeConfiguration("{\"backend\": ");
        assertThat(child().run().output()).contains("refused=").contains("keratin.json").contains("Mend or remove");
    }

    @Test
    void use_unknownName_namesNearMissesAndKeepsTheBackend() {
        assumeThat(Backends.available()).contains(NATIVE);
        Backends.use(JAVA);
        assertThatThrownBy(() -> Backends.use("native_cpu")).isInstanceOf(IllegalArgumentException.class)
                .satisfies(Errors::hasThreeParts).hasMessageContaining("Received: \"native_cpu\"")
                .hasMessageContaining("Did you mean \"native-cpu\"?");
        assertThat(Backends.current().name()).isEqualTo(JAVA);
    }

    @Test
    void current_backendThatCannotRunHere_saysWhyAndWhatCan() throws Exception {
        assumeThat(Backends.available()).contains(NATIVE);
        ChildJvm child = child().option("-Dkeratin.backend=native-cpu").option("-Dos.arch=pdp11");
        ChildJvm.Result result = child.run();
        assertThat(result.output()).contains("refused=").contains("Not usable: \"native-cpu\" (")
                .contains("-Dkeratin.backend=java").doesNotContain("\tat ");
    }

    @Test
    void describe_marksTheCurrentOne() {
        Backends.use(JAVA);
        assertThat(Backends.describe()).contains("* java: ");
        assertThat(Backends.available()).filteredOn(name -> !name.equals(JAVA)).isNotEmpty()
                .allSatisfy(other -> assertThat(Backends.describe()).contains("  " + other + ": "));
    }
}
