package dev.keratin.tutorials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.spi.BackendProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session imports must be told apart from each other and from the classes of the JDK that it imports. */
class StartupTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "dev.keratin", "dev.keratin.applications", "dev.keratin.autodiff", "dev.keratin.backend", "dev.keratin.constraints",
        "dev.keratin.data", "dev.keratin.initializers", "dev.keratin.layers", "dev.keratin.losses", "dev.keratin.metrics",
        "dev.keratin.models", "dev.keratin.models.callbacks", "dev.keratin.models.training", "dev.keratin.ops",
        "dev.keratin.optimizers", "dev.keratin.optimizers.schedules", "dev.keratin.profile", "dev.keratin.random",
        "dev.keratin.regularizers"})
    void session_anyPublicClassByItsSimpleName_isOneClass(String ofPackage) throws Exception {
        Set<String> names = publicClasses(ofPackage);
        assertThat(names).isNotEmpty();
        String script = names.stream().map(name -> "Class.class.cast(" + name + ".class);\n").collect(Collectors.joining());
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        int status = new Script("t.jsh", script, new PrintStream(errors, true, StandardCharsets.UTF_8))
                .run(Shell.startup(), new String[0]);

        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void session_backends_areAllOfThem() {
        assertThat(ServiceLoader.load(BackendProvider.class)).extracting(BackendProvider::name)
                .containsExactlyInAnyOrder("native-cpu", "cuda", "java");
    }

    private static Set<String> publicClasses(String ofPackage) throws IOException {
        try (JavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            Iterable<JavaFileObject> all = files.list(StandardLocation.CLASS_PATH, ofPackage,
                    EnumSet.of(JavaFileObject.Kind.CLASS), false);
            return StreamSupport.stream(all.spliterator(), false)
                    .map(file -> files.inferBinaryName(StandardLocation.CLASS_PATH, file))
                    .filter(name -> !name.endsWith("package-info") && name.indexOf('$') < 0 && isPublic(name))
                    .map(name -> name.substring(name.lastIndexOf('.') + 1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName(name, false, StartupTest.class.getClassLoader()).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
