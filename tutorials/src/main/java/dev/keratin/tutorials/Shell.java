package dev.keratin.tutorials;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * JShell with Keratin imported: {@code ./keratin} opens it, {@code ./keratin file.jsh args...} runs a script in it.
 *
 * <p>A script sees its arguments as {@code String[] args}. The process ends with 0 if the script ran to its end, with 1 if
 * something in it did not compile or threw, with 2 if it can't be read, and with n after {@code /exit n}.
 */
public final class Shell {
    private static final int UNREADABLE = 2;

    private Shell() {}

    /**
     * Opens the shell, or runs the script named first.
     *
     * @param args nothing, or a {@code .jsh} file and what it gets as its arguments
     * @throws Exception if the interactive shell can't start
     */
    public static void main(String[] args) throws Exception {
        System.exit(args.length == 0 ? interact() : run(Path.of(args[0]), Arrays.copyOfRange(args, 1, args.length)));
    }

    /** What every session begins with: the imports, one a line. */
    static String startup() {
        try (InputStream in = Shell.class.getResourceAsStream("startup.jsh")) {
            if (in == null) {
                throw new IllegalStateException("startup.jsh is missing from the jar of " + Shell.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int run(Path file, String[] args) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return unreadable(file, "there is no such file");
        } catch (IOException e) {
            return unreadable(file, e.toString());
        }
        return new Script(file.toString(), text, System.err).run(startup(), args);
    }

    private static int unreadable(Path file, String why) {
        System.err.println("keratin: a script that can be read is required. Received: " + file + " (" + why + "). "
                + "Scripts to begin with are in tutorials/.");
        return UNREADABLE;
    }

    private static int interact() throws Exception {
        Path startup = Files.createTempFile("keratin", ".jsh");
        try {
            Files.writeString(startup, startup());
            System.out.println("|  Keratin is imported. Tab completes, /exit leaves.");
            return JavaShellToolBuilder.builder().start(
                    "--execution", SameThreadExecution.NAME,
                    "--class-path", System.getProperty("java.class.path"),
                    "--startup", startup.toString());
        } finally {
            Files.deleteIfExists(startup);
        }
    }
}
