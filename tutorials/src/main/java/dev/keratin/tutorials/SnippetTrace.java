package dev.keratin.tutorials;

import java.util.Arrays;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;

/** The stack trace of what a snippet threw, with the lines of the script in place of JShell's numbers. */
final class SnippetTrace {
    private SnippetTrace() {}

    static String of(JShellException thrown, String script, SnippetLines lines) {
        String frames = Arrays.stream(thrown.getStackTrace())
                .map(frame -> System.lineSeparator() + "    at " + describe(frame, script, lines))
                .collect(Collectors.joining());
        String cause = thrown.getCause() instanceof JShellException inner
                ? System.lineSeparator() + "Caused by: " + of(inner, script, lines)
                : "";
        return describe(thrown) + frames + cause;
    }

    private static String describe(JShellException thrown) {
        String type = thrown instanceof EvalException eval ? eval.getExceptionClassName() : thrown.getClass().getName();
        return thrown.getMessage() == null ? type : type + ": " + thrown.getMessage();
    }

    private static String describe(StackTraceElement frame, String script, SnippetLines lines) {
        if (!lines.contains(frame)) {
            return frame.toString();
        }
        String method = frame.getMethodName().isEmpty() ? "" : frame.getMethodName() + " ";
        return method + "(" + script + ":" + lines.number(frame) + ")";
    }
}
