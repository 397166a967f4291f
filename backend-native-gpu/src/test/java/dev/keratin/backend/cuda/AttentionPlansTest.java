package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINECFG_ENGINE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_GLOBAL_INDEX;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.cudnnGetVersion;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** That NVIDIA's own cuDNN plans attention for an H200 which it is told of, without storing scores. */
@EnabledIfSystemProperty(named = PlanTable.FOLDERS, matches = ".+", disabledReason = "no folders with cuDNN were named")
class AttentionPlansTest {
    @TempDir
    private Path temporary;

    @Test
    void attention_ofUsualLengths_isPlanned() throws Exception {
        String output = PlanTable.output(PlanAll.class, temporary);
        System.out.println(output);
        assertThat(output).contains("cuDNN 9.").contains("0 refused").doesNotContain("NONE");
    }

    /** Plans each forward and backward. */
    static final class PlanAll {
        private static final long SMALL = 1 << 20;

        public static void main(String[] arguments) {
            DescribedDevice device = DescribedDevice.h200();
            long version = cudnnGetVersion();
            System.out.printf("cuDNN %d.%d%n", version / 10_000, version / 100 % 100);
            int refused = 0;
            for (Attention attention : all()) {
                refused += report("forward", attention, Attentions.forward(attention, false, device));
                if (attention.training()) {
                    refused += report("gradient", attention, Attentions.gradient(attention, false, device));
                    refused += report("gradient, accumulating", attention, Attentions.gradient(attention, true, device)
                            .filter(plan -> plan.scratchBytes() < SMALL));
                }
            }
            System.out.println(refused + " refused");
        }

        private static List<Attention> all() {
            List<Attention> all = new ArrayList<>();
            for (DType dtype : List.of(DType.BFLOAT16, DType.FLOAT16)) {
                all.add(of(dtype, 32, 128, 4, 64, false, true));
                all.add(of(dtype, 8, 128, 8, 32, true, true));
                all.add(of(dtype, 8, 512, 8, 64, false, true));
                all.add(of(dtype, 8, 512, 8, 64, true, false));
                all.add(of(dtype, 4, 1024, 12, 64, true, true));
                all.add(of(dtype, 2, 2048, 16, 128, true, true));
                all.add(of(dtype, 2, 2048, 16, 128, false, true));
            }
            all.add(of(DType.FLOAT32, 32, 128, 4, 64, true, false));
            all.add(of(DType.BFLOAT16, 3, 100, 5, 40, true, true));
            all.add(new Attention(DType.BFLOAT16, Shape.of(4, 100, 2, 64), Shape.of(4, 77, 2, 64), 32, 0.1, false, null, true));
            all.add(biased(Shape.of(4, 1, 128, 128)));
            all.add(biased(Shape.of(4, 1, 1, 128)));
            all.add(biased(Shape.of(1, 1, 128, 128)));
            all.add(biased(Shape.of(1, 4, 128, 128)));
            return all;
        }

        private static Attention of(DType dtype, long batch, long steps, long heads, long depth, boolean causal, boolean training) {
            Shape shape = Shape.of(batch, steps, heads, depth);
            return new Attention(dtype, shape, shape, depth, 0.125, causal, null, training);
        }

        private static Attention biased(@Nullable Shape bias) {
            Shape shape = Shape.of(4, 128, 4, 64);
            return new Attention(DType.BFLOAT16, shape, shape, 64, 0.125, false, bias, true);
        }

        private static int report(String what, Attention a, Optional<GraphPlan> plan) {
            System.out.printf(Locale.ROOT, "%-24s %-8s %s, %s, %d%s%s%s: %s%n", what, a.dtype(), a.query(), a.key(), a.valueDepth(),
                    a.causal() ? ", causal" : "", a.bias() == null ? "" : ", bias " + a.bias(), a.training() ? "" : ", inference",
                    plan.map(found -> String.format(Locale.ROOT, "engine %d, %d bytes", engine(found), found.scratchBytes())).orElse("NONE"));
            return plan.isPresent() ? 0 : 1;
        }

        private static long engine(GraphPlan plan) {
            return plan.parts().get(0).parts(CUDNN_ATTR_ENGINECFG_ENGINE, CUDNN_BACKEND_ENGINE_DESCRIPTOR, 1).get(0).number(CUDNN_ATTR_ENGINE_GLOBAL_INDEX);
        }
    }
}
