package dev.keratin.backend.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.TensorType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rule of every op: what it makes of operands that fit, and what it says of others. */
final class OpRulesTest {
    @TestFactory
    Stream<DynamicTest> infer_operandsFit_givesTheResultTypes() {
        return RuleRows.accepted().stream().map(row -> DynamicTest.dynamicTest(row.op() + " of " + row.operands(),
                () -> assertThat(row.op().infer(Types.of(row.operands()))).isEqualTo(Types.of(row.outcome()))));
    }

    @TestFactory
    Stream<DynamicTest> infer_operandsDoNotFit_saysWhatIsRequiredAndReceived() {
        return RuleRows.refused().stream().map(row -> DynamicTest.dynamicTest(row.op() + " of " + row.operands(),
                () -> requireRefusal(row)));
    }

    private static void requireRefusal(RuleRows.Row row) {
        List<TensorType> operands = Types.of(row.operands());
        assertThatThrownBy(() -> row.op().infer(operands))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(row.op().label() + ": ")
                .hasMessageContainingAll(row.outcome(), "required", "Received: ")
                .hasMessageEndingWith(".");
    }

    @Test
    void rows_everyOp_hasOnesAcceptedAndRefused() {
        Set<String> all = Stream.of(Op.class.getPermittedSubclasses()).map(Class::getSimpleName).collect(Collectors.toSet());
        assertThat(names(RuleRows.accepted())).isEqualTo(all);
        assertThat(names(RuleRows.refused())).isEqualTo(all);
    }

    private static Set<String> names(List<RuleRows.Row> rows) {
        return rows.stream().map(row -> row.op().getClass().getSimpleName()).collect(Collectors.toSet());
    }

    @Test
    void infer_wayOut_isNamed() {
        assertThatThrownBy(() -> new MatMul(false, false).infer(Types.of("float32[32, 128] int32[128, 10]")))
                .hasMessage("matMul: the same element type is required. Received: [float32[32, 128], int32[128, 10]] for"
                        + " MatMul[transposeA=false, transposeB=false]. Cast first.");
    }
}
