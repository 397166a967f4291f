package dev.keratin.backend.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Control flow on whole numbers, by hand. */
final class ControlFlowTest {
    private static final TensorType SCALAR = TensorType.of(DType.INT64);

    private static Program binary(BinaryKind kind) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(new Binary(kind), builder.parameter(SCALAR), builder.parameter(SCALAR)));
    }

    private static Tensor scalar(long value) {
        return Eval.whole(SCALAR, value);
    }

    @Test
    void cond_eitherWay_runsThatProgram() {
        Cond op = new Cond(binary(BinaryKind.ADD), binary(BinaryKind.MUL));
        TensorType bool = TensorType.of(DType.BOOL);
        assertThat(Eval.longs(op, Eval.whole(bool, 1), scalar(3), scalar(4))).containsExactly(7);
        assertThat(Eval.longs(op, Eval.whole(bool, 0), scalar(3), scalar(4))).containsExactly(12);
    }

    @Test
    void while_condition_isAskedBeforeEachRun() {
        ProgramBuilder test = new ProgramBuilder();
        Program below = test.build(test.add(new Compare(CompareKind.LT), test.parameter(SCALAR), test.parameter(SCALAR)));
        ProgramBuilder body = new ProgramBuilder();
        Value x = body.parameter(SCALAR);
        Value limit = body.parameter(SCALAR);
        Program twice = body.build(body.add(new Binary(BinaryKind.ADD), x, x), limit);
        assertThat(Eval.longs(new While(below, twice), scalar(3), scalar(20))).containsExactly(24);
        assertThat(Eval.longs(new While(below, twice), scalar(30), scalar(20))).containsExactly(30);
    }

    @Test
    void scan_bothDirections_stacksInPlace() {
        ProgramBuilder builder = new ProgramBuilder();
        Value carry = builder.parameter(SCALAR);
        Value element = builder.parameter(SCALAR);
        Value constant = builder.parameter(SCALAR);
        Value sum = builder.add(new Binary(BinaryKind.ADD), carry, element);
        Program body = builder.build(sum, builder.add(new Binary(BinaryKind.MUL), sum, constant));
        requireScan(new Scan(body, 1, 1, 3, false, true), 106, List.of(1010L, 1030L, 1060L), List.of(100L, 101L, 103L));
        requireScan(new Scan(body, 1, 1, 3, true, true), 106, List.of(1060L, 1050L, 1030L), List.of(105L, 103L, 100L));
    }

    private static void requireScan(Scan op, long carry, List<Long> outputs, List<Long> carriesIn) {
        List<Tensor> results = Eval.all(op, scalar(100), Eval.whole(DType.INT64, 1, 2, 3), scalar(10));
        assertThat(results.get(0).longs).containsExactly(carry);
        assertThat(results.get(1).longs).containsExactly(outputs.stream().mapToLong(Long::longValue).toArray());
        assertThat(results.get(2).longs).containsExactly(carriesIn.stream().mapToLong(Long::longValue).toArray());
    }

    @Test
    void fusion_anyKind_runsItsBody() {
        for (FusionKind kind : FusionKind.values()) {
            assertThat(Eval.longs(new Fusion(kind, binary(BinaryKind.SUB)), scalar(3), scalar(4))).containsExactly(-1);
        }
    }
}
