package dev.keratin.tutorials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts {@code ./keratin} in a tree that is built, with a JDK that writes down how it is called. */
class LauncherTest {
    private static final Path SCRIPT = Path.of(System.getProperty("keratin.root", "")).toAbsolutePath().resolve("keratin");
    private static final String MAKES = "-XX:ArchiveClassesAtExit=";
    private static final String USES = "-XX:SharedArchiveFile=";

    @TempDir
    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        assumeThat(File.separator).as("a system with bash").isEqualTo("/");
        Files.copy(SCRIPT, root.resolve("keratin")).toFile().setExecutable(true);
        write("tutorials/target/keratin-tutorials-1.jar", "");
        write("tutorials/target/classpath", "libraries.jar");
        write("bench/target/built", "");
        write("jdk/release", "JAVA_VERSION=\"17.0.1\"\n");
        makeJdk("for a in \"$@\"; do case $a in " + MAKES + "*) echo classes > \"${a#*=}\" ;; esac; done");
    }

    @Test
    void start_first_makesTheArchiveThatItAndTheNextUse() throws Exception {
        assertThat(start("a.jsh")).satisfiesExactly(
                rehearsal -> assertThat(rehearsal).contains(MAKES).endsWith("tutorials/digits.jsh"),
                run -> assertThat(run).contains(USES).endsWith("dev.keratin.tutorials.Shell a.jsh"));
        assertThat(start("a.jsh")).singleElement().asString().contains(USES);
    }

    @Test
    void start_afterAnotherBuild_makesTheArchiveAgain() throws Exception {
        start("a.jsh");
        Files.setLastModifiedTime(root.resolve("bench/target/built"), FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(start("a.jsh").get(0)).contains(MAKES);
    }

    @Test
    void start_withAnotherJdk_makesItsOwnArchive() throws Exception {
        start("a.jsh");
        write("jdk/release", "JAVA_VERSION=\"17.0.2\"\n");

        assertThat(start("a.jsh").get(0)).contains(MAKES);
    }

    @Test
    void start_archiveCannotBeMade_runsWithoutAndTriesNoMore() throws Exception {
        makeJdk("case \"$*\" in *" + MAKES + "*) exit 1 ;; esac");

        assertThat(start("a.jsh")).last().asString().doesNotContain(USES).endsWith("a.jsh");
        assertThat(start("a.jsh")).singleElement().asString().doesNotContain(USES);
    }

    @Test
    void start_collectorOrHeapChosen_addsNoOther() throws Exception {
        assertThat(start("-XX:+UseZGC", "a.jsh")).last().asString().contains("-XX:+UseZGC").doesNotContain("UseSerialGC");
        assertThat(start("a.jsh")).last().asString().contains("-XX:+UseSerialGC", "-Xms96m");
        assertThat(start("-Xmx64m", "a.jsh")).last().asString().contains("-Xmx64m").doesNotContain("-Xms");
    }

    /** The calls of java. */
    private List<String> start(String... arguments) throws IOException, InterruptedException {
        Path calls = root.resolve("calls");
        Files.deleteIfExists(calls);
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of(root.resolve("keratin").toString()), Stream.of(arguments)).toList());
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return Files.readAllLines(calls);
    }

    private void makeJdk(String body) throws IOException {
        Path java = write("jdk/bin/java", "#!/usr/bin/env bash\necho \"$*\" >> '" + root.resolve("calls") + "'\n" + body + "\n");
        java.toFile().setExecutable(true);
    }

    private Path write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
