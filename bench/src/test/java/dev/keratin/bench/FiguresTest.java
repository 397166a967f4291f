package dev.keratin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.keratin.Backends;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A regression test of speed that measures no time. */
class FiguresTest {
    private static final String FILE = "figures.txt";
    private static final String UPDATE = "the figures differ. If that is meant: "
            + "./keratin bench --figures > bench/src/test/resources/dev/keratin/bench/" + FILE;

    private static List<String> lines() throws IOException {
        try (InputStream in = Objects.requireNonNull(FiguresTest.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void figures_workload_areTheGoldenOnes(String line) {
        assumeThat(Backends.describe()).as("the figures are those of native-cpu with AVX-512").contains("x86-64-v4 kernels");

        assertThat(Figures.of(Workload.named(line.split(" ")[0]))).as(UPDATE).isEqualTo(line);
    }

    @Test
    void file_namesEveryWorkload() throws IOException {
        assertThat(lines().stream().map(line -> line.split(" ")[0])).as(UPDATE)
                .containsExactlyElementsOf(Workload.all().keySet());
    }
}
