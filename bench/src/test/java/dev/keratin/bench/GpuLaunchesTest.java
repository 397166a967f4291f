package dev.keratin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Configuration;
import dev.keratin.backend.cuda.Launches;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A regression test of speed on a GPU that needs none. */
class GpuLaunchesTest {
    private static final String FILE = "launches.txt";

    private static List<String> lines() throws IOException {
        try (InputStream in = Objects.requireNonNull(GpuLaunchesTest.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @AfterEach
    void putBack() {
        Configuration.setDTypePolicy("float32");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void launches_workload_areTheGoldenOnes(String line) {
        String[] words = line.split(" ", 3);
        Configuration.setDTypePolicy(words[1]);

        Launches launches = GpuLaunches.of(Workload.named(words[0]));

        assertThat(launches.graphs()).as("all of a step is one graph").isOne();
        assertThat(launches).as("the figures differ; if that is meant, %s has those of bench --launches before the semicolon", FILE)
                .hasToString(words[2]);
    }
}
