package dev.keratin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
    @Test
    void timing_workload_printsTheLineOfThePeers() {
        Workload mlp = Workload.named("mlp");
        try (Workload.Run run = mlp.prepare()) {
            assertThat(new Timing(0.05).line(mlp, run))
                    .matches("keratin-[a-z-]+ mlp \\d+\\.\\d samples/s \\d+\\.\\d{3} ms/step");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"convnet", "resnet20", "lstm", "transformer"})
    void workload_everyOne_trains(String name) {
        try (Workload.Run run = Workload.named(name).prepare()) {
            double first = run.step();
            assertThat(first).as("loss of the first step on random labels").isBetween(0.3, 6.0);
            assertThat(run.step()).as("mean loss after the second step").isFinite().isNotEqualTo(first);
            assertThat(run.program().explain()).contains("steps");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet50-b1", "mobilenetv2-b1"})
    void workload_ofInference_predictsTheSameAgain(String name) {
        try (Workload.Run run = Workload.named(name).prepare()) {
            double first = run.step();
            assertThat(first).as("a logit of untrained weights").isFinite().isNotZero();
            assertThat(run.step()).isEqualTo(first);
            assertThat(run.program().explain()).contains("steps");
        }
    }

    @Test
    void profiling_workload_writesATraceAndListsTheOps(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mlp.json");
        try (Workload.Run run = Workload.named("mlp").prepare()) {
            assertThat(Profiling.of(run, 0, file)).contains("GFLOP/s").contains("matMul").contains("/gradient");
        }
        assertThat(Files.readString(file)).startsWith("[{").endsWith("}]").contains("\"flops\":");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void peakMemory_ofThisProcess_growsWithWhatIsTouched() throws IOException {
        double before = peak();
        byte[][] touched = new byte[(int) before + 64][1 << 20];
        for (byte[] megabyte : touched) {
            Arrays.fill(megabyte, (byte) 1);
        }
        assertThat(peak()).as("MB, of which %d are in arrays", touched.length).isGreaterThan(touched.length).isLessThan(1e5);
    }

    private static double peak() throws IOException {
        String line = PeakMemory.ofThisProcess();
        assertThat(line).matches("\\d+\\.\\d MB peak");
        return Double.parseDouble(line.split(" ")[0]);
    }

    @Test
    void peakMemory_ofEach_failsWithTheStatusOfTheProcess() throws Exception {
        assertThat(PeakMemory.ofEach(List.of("mlp"), List.of("--seconds", "0", "--dtype", "no-such-policy"))).isNotZero();
    }

    @Test
    void peakMemory_ofEachWithABatch_runsThem() throws Exception {
        assertThat(PeakMemory.ofEach(List.of("mlp"), List.of("--seconds", "0", "--batch", "2"))).isZero();
    }

    @Test
    void firstStep_workload_saysWhenItStartsAndEnds() throws IOException {
        assertThat(FirstStep.of(Workload.named("mlp")))
                .matches("mlp first step starts after \\d+\\.\\d{2} s, ends after \\d+\\.\\d{2} s; the third takes 0\\.\\d{3} s");
    }

    @Test
    void firstStep_workloadThatPredicts_namesThoseThatTrain() {
        assertThatThrownBy(() -> FirstStep.of(Workload.named("resnet50-b1"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a workload that trains is required").hasMessageContaining("\"resnet50-b1\"")
                .hasMessageContaining("resnet50-train");
    }

    @Test
    void named_unknown_listsTheNames() {
        assertThatThrownBy(() -> Workload.named("mpl")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"mpl\"").hasMessageContaining("transformer");
    }
}
