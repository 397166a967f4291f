package dev.keratin.backend.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the choice of the backend looks at before it loads anything. */
record Host(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> variables, Predicate<String> files) {
    /** This process. */
    static Host here() {
        return new Host(System::getProperty, System::getenv, name -> Files.exists(Path.of(name)));
    }

    /** A system property, empty if it isn't set. */
    String property(String name) {
        return Objects.requireNonNullElse(properties.apply(name), "");
    }

    /** A variable of the environment, empty if it isn't set. */
    String environment(String name) {
        return Objects.requireNonNullElse(variables.apply(name), "");
    }

    boolean exists(String file) {
        return files.test(file);
    }
}
