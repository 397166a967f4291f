package dev.keratin.models;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.keratin.Backends;
import dev.keratin.backend.spi.OutOfBackendMemoryException;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {
    /** Trains with batches that fit, then with one that does not, and says what became of the model. */
    static final class TrainBeyondTheLimit {
        public static void main(String[] arguments) {
            Sequential model = sequential(input(16), dense(64).activation("relu"), dense(1));
            model.compile("adam", "mse");
            float[][] x = new float[30_000][16];
            float[][] y = new float[30_000][1];
            model.fit(new float[64][16], new float[64][1], verbose(0));
            ModelState before = ModelState.of(model).withoutMetrics();
            try {
                model.fit(x, y, batchSize(30_000), verbose(0));
                System.out.println("no error");
            } catch (OutOfBackendMemoryException e) {
                System.out.println("refused=" + e.getMessage());
            }
            System.out.println("unchanged=" + ModelState.of(model).withoutMetrics().equals(before));
            System.out.println("goes on=" + model.fit(new float[64][16], new float[64][1], verbose(0)).get("loss").size());
        }
    }

    @Test
    void fit_beyondTheLimit_isRefusedAndLeavesTheModelUsable() throws Exception {
        assumeThat(Backends.available()).contains("native-cpu");
        ChildJvm child = new ChildJvm(TrainBeyondTheLimit.class).option("-Dkeratin.backend=native-cpu")
                .option("-Dkeratin.memory.limit=8000000");
        String output = child.run().output();
        assertThat(output).contains("refused=native-cpu: ").contains("Received: ").contains("smaller batches").contains("unchanged=true")
                .contains("goes on=1").doesNotContain("\tat ");
    }
}
