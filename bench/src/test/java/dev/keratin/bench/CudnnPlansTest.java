package dev.keratin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Backends;
import dev.keratin.Configuration;
import dev.keratin.applications.Applications;
import dev.keratin.backend.Shape;
import dev.keratin.backend.cuda.PlanTable;
import dev.keratin.models.Model;
import dev.keratin.optimizers.SGD;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** That NVIDIA's own cuDNN plans all convolutions of the workloads and applications for an H200 which it is told of. */
@EnabledIfSystemProperty(named = PlanTable.FOLDERS, matches = ".+", disabledReason = "no folders with cuDNN were named")
class CudnnPlansTest {
    @TempDir
    private Path temporary;

    @Test
    void convolutions_ofWorkloadsAndApplications_arePlanned() throws Exception {
        String output = PlanTable.output(PlanAll.class, temporary);
        System.out.println(output);
        assertThat(output).doesNotContain("REFUSED").contains("mixed_bfloat16 with TF32")
                .containsPattern("float32 in full precision: [1-9]\\d+ planned, 0 refused; 0 with tensor cores");
    }

    /** Plans those of all programs, with layers of each policy. */
    static final class PlanAll {
        private static final List<String> WITHOUT = List.of("mlp", "lstm", "transformer");

        public static void main(String[] arguments) {
            Backends.use("java");
            print("float32", false);
            print("float32", true);
            print("mixed_float16", false);
            print("mixed_bfloat16", false);
        }

        private static void print(String policy, boolean exact) {
            Configuration.setDTypePolicy(policy);
            PlanTable table = new PlanTable(exact);
            for (Workload workload : workloads()) {
                try (Workload.Run run = workload.prepare()) {
                    System.out.print("-- " + workload.name() + "\n" + table.add(run.program().program()));
                    System.out.flush();
                }
            }
            System.out.print(policy + " " + table.summary());
        }

        private static List<Workload> workloads() {
            List<Workload> all = new ArrayList<>(Workload.all().values().stream().filter(each -> !WITHOUT.contains(each.name())).toList());
            add(all, "mobilenet", 224, () -> Applications.mobileNet().classifierActivation(null).build());
            add(all, "mobilenetv2", 224, () -> Applications.mobileNetV2().classifierActivation(null).build());
            add(all, "densenet121", 224, () -> Applications.denseNet121().classifierActivation(null).build());
            add(all, "resnet50v2", 224, () -> Applications.resNet50V2().classifierActivation(null).build());
            add(all, "xception", 299, () -> Applications.xception().classifierActivation(null).build());
            return all;
        }

        private static void add(List<Workload> all, String name, int size, Supplier<Model> model) {
            all.add(new Workload(name + "-train", 16, Shape.of(size, size, 3), 1000, 0, model, () -> new SGD(0.1)));
            all.add(new Workload(name + "-b1", 1, Shape.of(size, size, 3), 1000, 0, model, null));
        }
    }
}
