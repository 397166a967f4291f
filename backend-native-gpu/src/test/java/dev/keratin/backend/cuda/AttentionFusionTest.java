package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.reference.ReferenceProvider;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionFusionTest {
    /** The bodies compute with other roundings to 16 bits than the program: the output and weights up to 1. */
    private static final double NEAR = 5e-3;

    private final RecordingDriver driver = RecordingDriver.attending();

    @Test
    void attention_causalInTraining_isTwoCallsOfTheLibrary() {
        Plan plan = driver.lower(AttentionPrograms.of(DType.BFLOAT16, true, AttentionPrograms.Hidden.CAUSAL));
        Shape query = Shape.of(AttentionPrograms.BATCH, AttentionPrograms.TARGETS, AttentionPrograms.HEADS, AttentionPrograms.DEPTH);
        assertThat(driver.attentions()).containsOnly(new Attention(DType.BFLOAT16, query, query.with(1, AttentionPrograms.SOURCES),
                AttentionPrograms.VALUE_DEPTH, 0.25, true, null, true));
        assertThat(driver.products()).isEmpty();
        assertThat(driver.kernels()).as("no transposition, no softmax").isEmpty();
        assertThat(plan.steps()).hasSize(2);
        assertThat(plan.onDevice()).isTrue();
    }

    @Test
    void attention_inference_isOneCallOfTheLibrary() {
        Plan plan = driver.lower(AttentionPrograms.of(DType.FLOAT16, false, AttentionPrograms.Hidden.NONE));
        assertThat(driver.attentions()).isNotEmpty().allMatch(attention -> !attention.training() && !attention.causal());
        assertThat(plan.steps()).hasSize(1);
    }

    @Test
    void attention_maskOfTheProgram_isABiasAndZerosForTargetsThatSeeNothing() {
        driver.lower(AttentionPrograms.of(AttentionPrograms.Obstacle.NONE));
        assertThat(driver.attentions()).isNotEmpty().allMatch(attention ->
                Shape.of(AttentionPrograms.BATCH, 1, AttentionPrograms.TARGETS, AttentionPrograms.SOURCES).equals(attention.bias()));
        assertThat(driver.products()).isEmpty();
        assertThat(driver.kernels()).as("which targets see, with that the bias and the query, its gradient").hasSize(4);
    }

    @Test
    void attention_knownMask_keepsTheQuery() {
        driver.lower(AttentionPrograms.of(DType.BFLOAT16, true, AttentionPrograms.Hidden.BAND));
        assertThat(driver.attentions()).isNotEmpty();
        assertThat(driver.kernels()).as("the bias").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void attention_obstacle_isProductsAndASoftmax(AttentionPrograms.Obstacle obstacle) {
        driver.lower(AttentionPrograms.of(obstacle));
        assertThat(driver.attentions()).as("asked of the library").isEmpty();
        assertThat(driver.products()).hasSizeGreaterThan(4);
    }

    @Test
    void attention_libraryLacksIt_isProductsAndASoftmax() {
        RecordingDriver none = new RecordingDriver(convolution -> true);
        none.lower(AttentionPrograms.of(AttentionPrograms.Obstacle.NONE));
        assertThat(none.attentions()).hasSize(1);
        assertThat(none.products()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource
    void attention_bodiesOfItsFusions_computeTheSame(AttentionPrograms.Hidden hidden) {
        Program program = AttentionPrograms.of(DType.FLOAT16, true, hidden);
        Program fused = AttentionFusion.run(Compiler.optimize(program, FusionPolicy.none()), driver);
        assertThat(fused.nodes().stream().filter(node -> node.op() instanceof Fusion fusion && fusion.kind() == FusionKind.ROUTINE)).hasSize(2);
        List<ByteBuffer> arguments = AttentionPrograms.arguments(program);
        List<ByteBuffer> expected = OnShim.run(new ReferenceProvider().create(), program, arguments);
        List<ByteBuffer> actual = OnShim.run(new ReferenceProvider().create(), fused, arguments);
        for (int i = 0; i < program.results().size(); i++) {
            requireNear(program.resultTypes().get(i), actual.get(i), expected.get(i));
        }
    }

    private static void requireNear(TensorType type, ByteBuffer actual, ByteBuffer expected) {
        for (int at = 0; at < type.shape().size(); at++) {
            double want = Elements.read(expected, at, type.dtype());
            assertThat(Math.abs(Elements.read(actual, at, type.dtype()) - want)).as("element %d of %s", at, type)
                    .isLessThanOrEqualTo(NEAR * Math.max(1, Math.abs(want)));
        }
    }
}
