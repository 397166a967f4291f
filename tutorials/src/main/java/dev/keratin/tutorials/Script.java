package dev.keratin.tutorials;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

/**
 * A JShell script that stops at its first error, says on which line it is, and returns a status.
 *
 * <p>Of the commands of the shell only {@code /exit} and {@code /exit n} are known.
 */
final class Script {
    private static final int FAILED = 1;

    /** What javac says where a semicolon is missing. */
    private static final Set<String> SYNTAX_ERRORS = Set.of("compiler.err.expected", "compiler.err.not.stmt");

    private final String name;
    private final String text;
    private final PrintStream err;
    private final SnippetLines lines = new SnippetLines();

    /**
     * @param name what diagnostics call the script, a file's name in most cases
     * @param text the script
     * @param err where diagnostics go
     */
    Script(String name, String text, PrintStream err) {
        this.name = name;
        this.text = text.replace("\r\n", "\n");
        this.err = err;
    }

    /**
     * Runs the script in a new session.
     *
     * @param startup snippets to evaluate first
     * @param args what the script sees as {@code String[] args}
     * @return 0 if the script ran to its end, n after {@code /exit n}, 1 if something failed
     */
    int run(String startup, String[] args) {
        try (JShell shell = JShell.builder()
                .executionEngine(new SameThreadExecution(), Map.of())
                .compilerOptions("--class-path", System.getProperty("java.class.path"))
                .build()) {
            boolean ready = new Script("startup", startup, err).runAll(shell) == 0
                    && new Script("args", declare(args), err).runAll(shell) == 0;
            return ready ? runAll(shell) : FAILED;
        }
    }

    private static String declare(String[] args) {
        return Arrays.stream(args).map(Script::quote).collect(Collectors.joining(", ", "String[] args = {", "};"));
    }

    private static String quote(String arg) {
        return '"' + arg.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
    }

    private int runAll(JShell shell) {
        int position = 0;
        while ((position = skipBlank(position)) < text.length()) {
            if (isCommand(position)) {
                return command(position);
            }
            Step step = analyze(shell, position, text.length());
            if (step.completeness() == Completeness.EMPTY) {
                break;
            }
            if (step.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
                return fail(position, "the code that begins here does not end");
            }
            int end = evaluate(shell, position, step);
            if (end < 0) {
                return FAILED;
            }
            position = end;
        }
        return unresolved(shell);
    }

    /** Evaluates one snippet, with or without the semicolon that the shell lets away at the end of a line. */
    private int evaluate(JShell shell, int position, Step step) {
        List<SnippetEvent> events = shell.eval(step.source());
        if (events.stream().anyMatch(event -> isSyntaxError(shell, event))) {
            Step line = wholeLines(shell, position, step.end());
            if (line != null) {
                return evaluate(shell, position, line);
            }
        }
        boolean passed = true;
        for (SnippetEvent event : events) {
            lines.put(event.snippet(), SnippetLines.number(text, position));
            passed &= passed(shell, event, position);
        }
        return passed ? step.end() : -1;
    }

    private static boolean isSyntaxError(JShell shell, SnippetEvent event) {
        return event.status() == Snippet.Status.REJECTED
                && shell.diagnostics(event.snippet()).anyMatch(diag -> SYNTAX_ERRORS.contains(diag.getCode()));
    }

    private @Nullable Step wholeLines(JShell shell, int position, int limit) {
        for (int end = text.indexOf('\n', position); end >= 0 && end < limit; end = text.indexOf('\n', end + 1)) {
            Step step = analyze(shell, position, end);
            if (step.completeness() == Completeness.COMPLETE || step.completeness() == Completeness.COMPLETE_WITH_SEMI) {
                return step;
            }
        }
        return null;
    }

    private Step analyze(JShell shell, int position, int end) {
        String part = text.substring(position, end);
        CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(part);
        return new Step(info.completeness(), info.source() == null ? part : info.source(), end - info.remaining().length());
    }

    private record Step(Completeness completeness, String source, int end) {}

    private int skipBlank(int position) {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private boolean isCommand(int position) {
        return text.startsWith("/", position) && !text.startsWith("//", position) && !text.startsWith("/*", position);
    }

    private int command(int position) {
        String command = SnippetLines.lineAt(text, position).strip();
        if (command.equals("/exit")) {
            return 0;
        }
        if (command.matches("/exit \\d{1,3}")) {
            return Integer.parseInt(command.substring("/exit ".length()));
        }
        return fail(position, "a script knows no command but /exit. Received: " + command);
    }

    private boolean passed(JShell shell, SnippetEvent event, int position) {
        if (event.status() == Snippet.Status.REJECTED) {
            shell.diagnostics(event.snippet()).filter(Diag::isError).forEach(diag -> reject(diag, position));
            return false;
        }
        if (event.exception() != null) {
            report(shell, event.exception(), position);
            return false;
        }
        return true;
    }

    private void reject(Diag diag, int position) {
        int at = Math.min(text.length() - 1, position + (int) Math.max(0, diag.getPosition()));
        fail(at, diag.getMessage(Locale.getDefault()).replaceAll("\\R *location: class *$", ""));
        err.println("    " + SnippetLines.lineAt(text, at));
        err.println("    " + " ".repeat(SnippetLines.column(text, at)) + "^");
    }

    private void report(JShell shell, JShellException thrown, int position) {
        int line = Arrays.stream(thrown.getStackTrace())
                .filter(lines::contains)
                .mapToInt(lines::number)
                .findFirst()
                .orElse(SnippetLines.number(text, position));
        err.println(name + ":" + line + ": " + (thrown instanceof UnresolvedReferenceException unresolved
                ? undefined(shell, unresolved.getSnippet())
                : SnippetTrace.of(thrown, name, lines)));
    }

    private int unresolved(JShell shell) {
        boolean resolved = true;
        for (Snippet snippet : (Iterable<Snippet>) shell.snippets()::iterator) {
            if (shell.status(snippet) == Snippet.Status.RECOVERABLE_DEFINED
                    || shell.status(snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
                resolved = false;
                err.println(name + ":" + lines.number(snippet) + ": "
                        + undefined(shell, (DeclarationSnippet) snippet));
            }
        }
        return resolved ? 0 : FAILED;
    }

    private static String undefined(JShell shell, DeclarationSnippet snippet) {
        return shell.unresolvedDependencies(snippet).collect(Collectors.joining(", ", "not defined: ", ""));
    }

    private int fail(int position, String message) {
        err.println(name + ":" + SnippetLines.number(text, position) + ": " + message);
        return FAILED;
    }
}
