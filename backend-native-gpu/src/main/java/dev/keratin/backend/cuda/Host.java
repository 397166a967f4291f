package dev.keratin.backend.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the choice of the backend looks at before it loads anything. */
record Host(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> variables, HostFiles files) {
    /** The files of a machine. */
    interface HostFiles {
        boolean exists(String file);

        /** The bytes of a file as characters, empty if it can't be read. */
        String content(String file);

        /** The names of what is in a folder, none if it can't be read. */
        List<String> names(String folder);

        /** Why a file can't be opened to read and write, if it can't. */
        Optional<String> refusal(String file);

        /** The name of the file behind all links; that of the link if there is no file. */
        String realName(String file);
    }

    /** This process. */
    static Host here() {
        return new Host(System::getProperty, System::getenv, new Disk());
    }

    /** A system property, empty if it isn't set. */
    String property(String name) {
        return Objects.requireNonNullElse(properties.apply(name), "");
    }

    /** A variable of the environment, empty if it isn't set. */
    String environment(String name) {
        return variable(name).orElse("");
    }

    /** A variable of the environment, if it is set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.apply(name));
    }

    boolean exists(String file) {
        return files.exists(file);
    }

    private static final class Disk implements HostFiles {
        @Override
        public boolean exists(String file) {
            return Files.exists(Path.of(file));
        }

        @Override
        public String content(String file) {
            try {
                return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                return "";
            }
        }

        @Override
        public List<String> names(String folder) {
            String[] names = new File(folder).list();
            return names == null ? List.of() : List.of(names);
        }

        @Override
        public Optional<String> refusal(String file) {
            try {
                FileChannel.open(Path.of(file), StandardOpenOption.READ, StandardOpenOption.WRITE).close();
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(e.toString());
            }
        }

        @Override
        public String realName(String file) {
            try {
                return Path.of(file).toRealPath().getFileName().toString();
            } catch (IOException e) {
                return Path.of(file).getFileName().toString();
            }
        }
    }
}
