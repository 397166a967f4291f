package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.tck.CasePrograms;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** That NVIDIA's own cuDNN plans the convolutions of the conformance suite for an H200 which it is told of. */
@EnabledIfSystemProperty(named = PlanTable.FOLDERS, matches = ".+", disabledReason = "no folders with cuDNN were named")
class CudnnPlansTest {
    @TempDir
    private Path temporary;

    @Test
    void convolutions_ofAllCases_arePlanned() throws Exception {
        String output = PlanTable.output(PlanAll.class, temporary);
        System.out.println(output);
        assertThat(output).containsPattern("with TF32: [1-9]\\d+ planned, 0 refused")
                .containsPattern("in full precision: [1-9]\\d+ planned, 0 refused");
    }

    /** Plans those of all cases, in TF32 and in full precision. */
    static final class PlanAll {
        public static void main(String[] arguments) {
            for (boolean exact : List.of(false, true)) {
                PlanTable table = new PlanTable(exact);
                CasePrograms.all().filter(WithoutDevice::canLower).forEach(program -> System.out.print(table.add(program)));
                System.out.print(table.summary());
            }
        }
    }
}
