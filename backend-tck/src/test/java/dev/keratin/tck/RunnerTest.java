package dev.keratin.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That the suite notices: a wrong element, a parameter overwritten without reason, and different data each time. */
final class RunnerTest {
    private final Backend backend = new ReferenceProvider().create();
    private final Program added = program(1);

    private static Program program(double number) {
        return Sketch.body(sketch -> {
            var x = sketch.normal(5);
            sketch.result(sketch.plus(x, number));
        });
    }

    private List<Sample> run(Program program) {
        List<ByteBuffer> arguments = Runner.arguments("a name", program, List.of(Values.NORMAL));
        try (Runner runner = new Runner(backend, program, arguments)) {
            return runner.run();
        }
    }

    @Test
    void compare_sameProgram_passes() {
        Runner.compare(added, run(added), run(added), Tolerance.BITS);
    }

    @Test
    void compare_wrongElements_saysHowManyAndTheFirst() {
        assertThatThrownBy(() -> Runner.compare(added, run(added), run(program(2)), Tolerance.PROGRAM))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("result 0 float32[5]: 5 of 5 elements are wrong, the first is 0: expected ", ", got ");
    }

    @Test
    void compare_parameterOverwritten_fails() {
        Program overwriting = Sketch.body(sketch -> {
            var x = sketch.normal(5);
            sketch.result(sketch.plus(x, 1));
            sketch.update(x, sketch.times(x, 1.0000001));
        });
        assertThatThrownBy(() -> Runner.compare(added, run(added), run(overwriting), Tolerance.PROGRAM))
                .hasMessageContaining("untouched parameter 0");
    }

    @Test
    void arguments_sameName_areTheSame() {
        TensorType type = TensorType.of(DType.FLOAT32, 9);
        assertThat(Values.NORMAL.fill(type, new Random(1))).isEqualTo(Values.NORMAL.fill(type, new Random(1)))
                .isNotEqualTo(Values.NORMAL.fill(type, new Random(2)));
        assertThat(Runner.arguments("a", added, List.of(Values.NORMAL))).isEqualTo(Runner.arguments("a", added, List.of(Values.NORMAL)))
                .isNotEqualTo(Runner.arguments("b", added, List.of(Values.NORMAL)));
    }

    @Test
    void run_whenDone_holdsNoMemory() {
        run(added);
        assertThat(backend.allocatedBytes()).isZero();
    }
}
