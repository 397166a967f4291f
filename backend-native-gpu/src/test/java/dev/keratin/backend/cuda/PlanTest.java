package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Cholesky;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final TensorType MATRIX = new TensorType(DType.FLOAT32, Shape.of(3, 3));

    private final RecordingDriver driver = new RecordingDriver(convolution -> true);

    private static Program cholesky() {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(new Cholesky(), builder.parameter(MATRIX)));
    }

    @Test
    void onDevice_sequenceOfAnLstm_isTrue() {
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> operands = List.of(Shape.of(2, 7, 12), Shape.of(2, 3), Shape.of(2, 3), Shape.of(3, 12)).stream()
                .map(shape -> builder.parameter(new TensorType(DType.FLOAT32, shape))).toList();
        Plan plan = driver.lower(builder.build(builder.add(new LstmSequence(false), operands)));
        assertThat(plan.onDevice()).isTrue();
        assertThat(plan.steps()).as("a product and a kernel for each step").hasSize(14);
        assertThat(plan.memoryBytes()).as("working memory is shared by all steps").isLessThan(5_000);
    }

    @Test
    void onDevice_opOfTheHost_isFalse() {
        assertThat(driver.lower(cholesky()).onDevice()).isFalse();
    }

    @Test
    void onDevice_opOfTheHostInALoop_isFalse() {
        ProgramBuilder builder = new ProgramBuilder();
        Scan scan = new Scan(cholesky(), 1, 0, 5, false, false);
        assertThat(driver.lower(builder.build(builder.add(scan, List.of(builder.parameter(MATRIX))))).onDevice()).isFalse();
    }
}
