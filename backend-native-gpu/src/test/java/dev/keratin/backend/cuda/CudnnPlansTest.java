package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.tck.CasePrograms;
import java.nio.file.Path;
import java.util.Arrays;
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

    @Test
    void compiledPlan_asText_isTakenWithoutCompiling() throws Exception {
        String output = PlanTable.output(PlanTwice.class, temporary);
        System.out.println(output);
        assertThat(output).contains("3 times the same working memory").contains("damaged: planned");
    }

    /** Plans a convolution of each channel in the three kinds, then takes the texts of the plans, and damaged ones. */
    static final class PlanTwice {
        private static final Shape IMAGE = Shape.of(2, 14, 14, 96);

        public static void main(String[] arguments) {
            DescribedDevice device = DescribedDevice.h200();
            int same = 0;
            for (Convolution.Kind kind : Convolution.Kind.values()) {
                Convolution convolution = new Convolution(kind, DType.BFLOAT16, IMAGE, Shape.of(96, 3, 3, 1), IMAGE, List.of(1, 1), List.of(1, 1),
                        List.of(1, 1), Epilogue.NONE);
                GraphPlan plan = Convolutions.plan(convolution, false, device).orElseThrow();
                byte[] text = plan.text().orElseThrow();
                GraphPlan taken = GraphPlan.of(text, device).orElseThrow();
                same += plan.compiled() && taken.scratchBytes() == plan.scratchBytes() ? 1 : 0;
                System.out.println("damaged: " + (GraphPlan.of(Arrays.copyOf(text, text.length / 2), device).isEmpty() ? "planned" : "taken"));
                taken.destroy();
                plan.destroy();
            }
            System.out.println(same + " times the same working memory");
        }
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
