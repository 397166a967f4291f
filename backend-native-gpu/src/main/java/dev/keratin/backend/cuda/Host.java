package dev.keratin.backend.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the choice of the backend looks at before it loads anything. */
record Host(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> variables, Predicate<String> files,
        UnaryOperator<String> contents) {
    /** This process. */
    static Host here() {
        return new Host(System::getProperty, System::getenv, name -> Files.exists(Path.of(name)), Host::read);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** A system property, empty if it isn't set. */
    String property(String name) {
        return Objects.requireNonNullElse(properties.apply(name), "");
    }

    /** A variable of the environment, empty if it isn't set. */
    String environment(String name) {
        return Objects.requireNonNullElse(variables.apply(name), "");
    }

    /** The bytes of a file as characters, empty if it can't be read. */
    String content(String file) {
        return contents.apply(file);
    }

    boolean exists(String file) {
        return files.test(file);
    }
}
