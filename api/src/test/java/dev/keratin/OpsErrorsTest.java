package dev.keratin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and that the message says what is required, what was received and what to do. */
class OpsErrorsTest {
    @BeforeAll
    static void useReferenceBackend() {
        if (System.getProperty("keratin.backend") == null) {
            Backends.use("java");
        }
    }

    @Test
    void matmul_transposedOperand_saysSo() {
        assertThatThrownBy(() -> Ops.matmul(Ops.zeros(32, 128), Ops.zeros(10, 128))).hasMessage(
                "matmul: the last axis of a must equal the second-to-last axis of b. Received: a=float32[32, 128],"
                        + " b=float32[10, 128] (128 vs 10). b looks transposed: try matmul(a, transpose(b)).");
    }

    @Test
    void sparseCategoricalCrossentropy_labelOutOfRange_failsWhenRun() {
        Tensor logits = Ops.zeros(2, 3);
        assertThatThrownBy(() -> Ops.sparseCategoricalCrossentropy(Tensor.of(new int[] {0, 3}), logits, true))
                .hasMessageContaining("3");
        assertThatThrownBy(() -> Ops.sparseCategoricalCrossentropy(Tensor.of(new int[] {0, -1}), logits, true))
                .hasMessageContaining("-1");
    }

    static List<Arguments> refused() {
        Tensor x = Ops.zeros(2, 3);
        return List.of(
                refusal("reshape", () -> Ops.reshape(x, 4, -1), "6 elements", "[4, -1]"),
                refusal("transpose", () -> Ops.transpose(x, 0, 0), "a permutation", "[0, 0]"),
                refusal("sum", () -> Ops.sum(x, 2), "an axis from -2 to 1", "2"),
                refusal("mean", () -> Ops.mean(x, 0, -2), "axes that differ", "[0, -2]"),
                refusal("rot90", () -> Ops.rot90(x, 1, 0, -2), "axes that differ", "0 and -2"),
                refusal("vander", () -> Ops.vander(x), "a vector", "float32[2, 3]"),
                refusal("normalize", () -> Ops.normalize(x, -1, 0), "an order of 1", "0"),
                refusal("histogram", () -> Ops.histogram(x, 3, 2, 1), "a range", "2.0 to 1.0"),
                refusal("squeeze", () -> Ops.squeeze(x, 0), "an axis of length 1", "float32[2, 3]"),
                refusal("slice", () -> Ops.slice(x, new long[] {0, 2}, new long[] {1, 2}), "within the tensor", "[0, 2]"),
                refusal("split", () -> Ops.split(x, 2, 1), "divides the axis", "float32[2, 3]"),
                refusal("getItem", () -> Ops.getItem(x, "0, 3"), "an index from -3 to 2", "\"0, 3\""),
                refusal("getItem", () -> Ops.getItem(x, "a"), "whole numbers", "\"a\""),
                refusal("pad", () -> Ops.pad(x, new int[][] {{0, 0}, {3, 0}}, "reflect"), "at most 2", "[3, 0]"),
                refusal("pad", () -> Ops.pad(x, new int[][] {{1, 1}}, "wrap"), "a mode", "\"wrap\""),
                refusal("einsum", () -> Ops.einsum("ij,jk", x, x), "equal length", "\"ij,jk\""),
                refusal("einsum", () -> Ops.einsum("ij->k", x), "labels of the operands", "\"ij->k\""),
                refusal("conv", () -> Ops.conv(Ops.zeros(1, 5, 5, 3), Ops.zeros(3, 3, 2, 4)), "a multiple", "3 vs 2"),
                refusal("conv", () -> Ops.conv(x, x), "rank from 3 to 5", "float32[2, 3]"),
                refusal("maxPool", () -> Ops.maxPool(x, 2), "rank 3 to 5", "float32[2, 3]"),
                refusal("binaryCrossentropy", () -> Ops.binaryCrossentropy(Ops.zeros(2), x, false), "same shape", "float32[2]"),
                refusal("sparseCategoricalCrossentropy", () -> Ops.sparseCategoricalCrossentropy(Ops.zeros(3), x, false),
                        "one integer label", "float32[3, 1]"),
                refusal("dotProductAttention", () -> Ops.dotProductAttention(x, x, x), "[batch, steps, heads, dim]", "float32[2, 3]"),
                refusal("scan", () -> Ops.scan((c, s) -> new Ops.Scanned(List.of(Ops.cast(c.get(0), "float64")), List.of()),
                        List.of(Ops.zeros()), List.of(x)), "hands on the types", "float64[]"),
                refusal("cond", () -> Ops.cond(x, () -> x, () -> x), "a scalar", "float32[2, 3]"),
                refusal("rearrange", () -> Ops.rearrange(x, "a -> a"), "one name or bracket for each axis", "\"a -> a\""),
                refusal("bitwise functions", () -> Ops.bitwiseAnd(x, x), "integers or bools", "float32[2, 3] and float32[2, 3]"),
                refusal("gcd", () -> Ops.gcd(x, x), "integers", "float32[2, 3]"),
                refusal("stack", () -> Ops.stack(List.of()), "at least one tensor", "none"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("refused")
    void misuse_isRefusedInThreeParts(String who, Runnable call, String required, String received) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(who + ": ").hasMessageContaining(required)
                .hasMessageMatching("(?s).*Received: .*\\Q" + received + "\\E.*\\. .*\\.");
    }

    private static Arguments refusal(String who, Runnable call, String required, String received) {
        return Arguments.of(who, call, required, received);
    }
}
