package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Launches that are put together, counted on a device that does nothing and computed on the CPU. */
@EnabledOnOs(OS.LINUX)
class WorksTest {
    private static final double TOLERANCE = 1e-6;

    private final ProgramBuilder builder = new ProgramBuilder();
    private final List<Value> results = new ArrayList<>();

    private Value parameter(long... dims) {
        return builder.parameter(new TensorType(DType.FLOAT32, Shape.of(dims)));
    }

    private Value unary(UnaryKind kind, Value x) {
        return builder.add(new Unary(kind), x);
    }

    private List<String> kinds(Program program) {
        return new RecordingDriver(convolution -> true).lower(program).steps().stream().map(PlannedStep::kind).toList();
    }

    private void check(String... kinds) {
        Program program = builder.build(results);
        assertThat(kinds(program)).containsExactly(kinds);
        OnShim.check(program, TOLERANCE, program.parameters().stream().map(value -> OnShim.random(value.type())).toList());
    }

    @Test
    void merged_sameTextOfManySizes_isOneLaunch() {
        for (long size : new long[] {3, 1, 1000, 257, 5}) {
            results.add(unary(UnaryKind.SQRT, parameter(size)));
        }
        check("group");
    }

    @Test
    void merged_differentTexts_isOneLaunch() {
        results.add(unary(UnaryKind.EXP, parameter(7)));
        results.add(builder.add(new Cast(DType.BFLOAT16), parameter(3, 5)));
        results.add(unary(UnaryKind.EXP, parameter(2, 3)));
        results.add(builder.add(new Transpose(List.of(1, 0)), parameter(4, 3)));
        check("group");
    }

    @Test
    void merged_reductionsOfSeveralLines_isOneLaunch() {
        results.add(builder.add(new Reduce(ReduceKind.SUM, List.of(0), false), parameter(20, 70)));
        results.add(builder.add(new Reduce(ReduceKind.SUM, List.of(0), false), parameter(9, 140)));
        results.add(builder.add(new Reduce(ReduceKind.MAX, List.of(0), false), parameter(11, 66)));
        check("group");
    }

    @Test
    void merged_oneNeedsTheOther_isNot() {
        Value shuffled = builder.add(new Transpose(List.of(1, 0)), parameter(4, 3));
        results.add(builder.add(new Transpose(List.of(1, 0)), unary(UnaryKind.EXP, shuffled)));
        check("strided", "exp", "strided");
    }

    @Test
    void merged_updateBehindAReaderOfTheOldValue_isNot() {
        Value old = parameter(4, 3);
        Value read = builder.add(new Transpose(List.of(1, 0)), old);
        results.add(read);
        builder.update(old, builder.add(new Binary(BinaryKind.ADD), old, old));
        check("strided", "add");
    }

    @Test
    void merged_tablesOfArguments_areReadWhereTheyLie() {
        results.add(unary(UnaryKind.EXP, parameter(7)));
        results.add(unary(UnaryKind.EXP, parameter(9)));
        RecordingDriver driver = new RecordingDriver(convolution -> true);
        driver.lower(builder.build(results));
        assertThat(driver.sources()).singleElement().extracting(Kernel::source).asString().contains("(const __grid_constant__ Table");
    }

    @Test
    void merged_kernelsWithAnyHeaders_compile() {
        assertThat(OnShim.DRIVER.load(AllHeaders.kernel())).isNotZero();
    }

    @Test
    void merged_moreTextsThanOneKernelHolds_isTwoLaunches() {
        for (UnaryKind kind : List.of(UnaryKind.EXP, UnaryKind.LOG, UnaryKind.SIN, UnaryKind.COS, UnaryKind.TANH, UnaryKind.SQRT)) {
            results.add(unary(kind, parameter(3)));
        }
        check("group", "group");
    }

    @Test
    void merged_blocksOfOneWouldBeIdleForTheOthers_isNot() {
        results.add(unary(UnaryKind.EXP, parameter(1 << 20)));
        for (int i = 0; i < 4; i++) {
            results.add(unary(UnaryKind.EXP, parameter(5)));
        }
        assertThat(kinds(builder.build(results))).as("one of the small ones runs beside the large one, the others apart")
                .containsExactly("group", "group");
    }
}
