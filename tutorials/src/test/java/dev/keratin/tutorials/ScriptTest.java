package dev.keratin.tutorials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "// only a comment\n",
        "int x = 1;",
        "int x = 1\nx + 1\nint y = x",
        "/* a\n comment */ int x = 1; int y = 2;\nif (x != 1) throw new Error();",
        "int f(int a) {\n return g(a);\n}\nint g(int a) { return a; }\nf(1);",
        "record Point(int x, int y) {}\nnew Point(1, 2).x();",
        "for (int i = 0;\n     i < 3;\n     i++) {\n\n  assert true;\n}",
        "int x = 1;\r\nint y = x;\r\n",
        "/exit\nno code",
    })
    void run_validScript_returnsZero(String script) {
        assertThat(run(script)).isZero();
        assertThat(errors.size()).isZero();
    }

    @Test
    void run_compileError_namesTheLineAndPointsAtTheColumn() {
        int status = run("int x = 1;\n\nfor (int i = 0; i < 3; i++) {\n    Strin s = \"\";\n}\n");

        assertThat(status).isEqualTo(1);
        assertThat(errorLines()).contains("t.jsh:4: cannot find symbol", "        Strin s = \"\";", "        ^");
    }

    @Test
    void run_syntaxError_namesTheLine() {
        assertThat(run("int y = 1;\nint x = ;\n")).isEqualTo(1);
        assertThat(errorLines()).startsWith("t.jsh:2: illegal start of expression");
    }

    @Test
    void run_missingBrace_namesTheLineWhereTheCodeBegins() {
        assertThat(run("int y = 1;\nint f() {\n  return 1;\n")).isEqualTo(1);
        assertThat(errorLines()).containsExactly("t.jsh:2: the code that begins here does not end");
    }

    @Test
    void run_exceptionInMethodOfTheScript_namesBothLinesAndTheCause() {
        int status = run("int f(int a) {\n  throw new IllegalStateException(\"no\", new Exception(\"why\"));\n}\n\nf(1);\nint z;");

        assertThat(status).isEqualTo(1);
        assertThat(errorLines()).containsSubsequence(
                "t.jsh:2: java.lang.IllegalStateException: no",
                "    at f (t.jsh:2)",
                "    at (t.jsh:5)",
                "Caused by: java.lang.Exception: why");
    }

    @Test
    void run_exceptionInMethodThatWaitedForAnother_namesItsOwnLine() {
        run("int f(int a) {\n  return 1 / g(a);\n}\nint g(int a) { return a; }\n\nf(0);");

        assertThat(errorLines()).contains("    at f (t.jsh:2)", "    at (t.jsh:6)");
    }

    @Test
    void run_firstErrorOfMany_stopsThere() {
        String property = "keratin.test.reached";
        System.clearProperty(property);

        assertThat(run("int x = 1 / 0;\nSystem.setProperty(\"" + property + "\", \"yes\");")).isEqualTo(1);

        assertThat(System.getProperty(property)).isNull();
    }

    @Test
    void run_methodNeverDefined_namesIt() {
        assertThat(run("int f() {\n return h(1);\n}\n")).isEqualTo(1);
        assertThat(errorLines()).containsExactly("t.jsh:1: not defined: method h(int)");
    }

    @Test
    void run_methodCalledBeforeItsPartsAreDefined_namesThem() {
        assertThat(run("int f() { return h(1); }\nf();\nint h(int x) { return x; }")).isEqualTo(1);
        assertThat(errorLines()).containsExactly("t.jsh:1: not defined: method h(int)");
    }

    @Test
    void run_exitWithStatus_returnsItAndStops() {
        assertThat(run("int x = 1;\n/exit 7\nthrow new Error();")).isEqualTo(7);
        assertThat(errors.size()).isZero();
    }

    @Test
    void run_otherCommand_isRejected() {
        assertThat(run("/vars\n")).isEqualTo(1);
        assertThat(errorLines()).containsExactly("t.jsh:1: a script knows no command but /exit. Received: /vars");
    }

    @Test
    void run_startupThatFails_runsNothing() {
        int status = new Script("t.jsh", "/exit 7", new PrintStream(errors, true, StandardCharsets.UTF_8))
                .run("import no.such.Thing;", new String[0]);

        assertThat(status).isEqualTo(1);
        assertThat(errorLines().get(0)).startsWith("startup:1: ");
    }

    @Test
    void run_arguments_arriveAsTheyAre() {
        assertThat(run("if (!args[0].equals(\"a \\\"b\\\\\") || args.length != 2) throw new Error(args[0]);", "a \"b\\", "ä")).isZero();
    }

    @Test
    void run_everySnippet_seesTheThreadOfTheCaller() {
        assertThat(run("if (Thread.currentThread().getId() != " + threadId() + "L) throw new Error();")).isZero();
    }

    @SuppressWarnings("deprecation") // Thread.threadId() is younger than Java 17
    private static long threadId() {
        return Thread.currentThread().getId();
    }

    private int run(String script, String... args) {
        return new Script("t.jsh", script, new PrintStream(errors, true, StandardCharsets.UTF_8)).run("", args);
    }

    private List<String> errorLines() {
        return errors.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
