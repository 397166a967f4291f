package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {

    @Test
    void dnnlVersion_loadedFromJars_isTheVersionBuiltAgainst() {
        assertThat(NativeLibrary.dnnlVersion()).isBetween(31100L, 31199L);
    }

    @Test
    void threads_parallelRegion_countsItsTeam() {
        assertThat(NativeLibrary.threads()).isPositive();
    }

    @Test
    void load_besideDnnl_mapsOneOpenMpRuntime() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        Assumptions.assumeTrue(Files.exists(maps), "needs /proc");
        assertThat(NativeLibrary.threads()).isPositive();

        List<String> runtimes = Files.readAllLines(maps).stream()
                .filter(line -> line.contains("libgomp") || line.contains("libomp"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .toList();

        assertThat(runtimes).hasSize(1);
    }
}
