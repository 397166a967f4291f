package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Executable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Few long lines, which are cut into parts so that more than a few blocks are busy. */
@EnabledOnOs(OS.LINUX)
class SplitLinesTest {
    /** Thousands of terms of size 1 in another order, in float32. */
    private static final double TOLERANCE = 1e-4;

    static Stream<Arguments> longLines() {
        return Stream.of(Arguments.of(new Reduce(ReduceKind.SUM, List.of(0, 1), false), new long[] {3, 50_001}),
                Arguments.of(new Reduce(ReduceKind.MAX, List.of(1), false), new long[] {2, 30_000}),
                Arguments.of(new Reduce(ReduceKind.SUM, List.of(0), false), new long[] {20_001, 3}),
                Arguments.of(new Reduce(ReduceKind.MIN, List.of(0, 2), false), new long[] {3, 2, 20_000}),
                Arguments.of(new ArgReduce(true, 0), new long[] {9_001, 35}),
                Arguments.of(new ArgReduce(false, 1), new long[] {2, 40_000}),
                Arguments.of(new Cumulative(CumulativeKind.SUM, 0, false), new long[] {20_001}),
                Arguments.of(new Cumulative(CumulativeKind.MAX, 1, true), new long[] {2, 20_000}),
                Arguments.of(new Cumulative(CumulativeKind.SUM, 0, true), new long[] {5_001, 3}),
                Arguments.of(new Cumulative(CumulativeKind.MIN, 1, false), new long[] {2, 3_000, 40}));
    }

    @ParameterizedTest
    @MethodSource("longLines")
    void longLine_takesManyBlocksAndAgreesWithReference(Op op, long[] dims) {
        TensorType type = TensorType.of(DType.FLOAT32, dims);
        check(program(op, type), type, 5);
    }

    private static Program program(Op op, TensorType type) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(op, builder.parameter(type)));
    }

    /** The long lines in all types of numbers, whose kernels differ in what parts are joined by. */
    static Stream<Program> programs() {
        return Stream.of(DType.values()).filter(dtype -> dtype != DType.BOOL).flatMap(dtype -> longLines().map(Arguments::get)
                .map(each -> program((Op) each[0], TensorType.of(dtype, (long[]) each[1]))));
    }

    @ParameterizedTest
    @ValueSource(longs = {20_001, 1_200})
    void columnFusion_ofManyRows_agreesWithReference(long rows) {
        TensorType type = TensorType.of(DType.FLOAT32, rows, 3);
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(type);
        Value square = builder.add(new Binary(BinaryKind.MUL), x, x);
        Reduce sum = new Reduce(ReduceKind.SUM, List.of(0), false);
        check(builder.build(builder.add(sum, square), builder.add(sum, x)), type, 2);
    }

    private static void check(Program program, TensorType type, long blocks) {
        OnShim.check(program, TOLERANCE, List.of(OnShim.random(type)));
        try (Executable executable = OnShim.BACKEND.compile(program)) {
            long most = executable.explain().lines().filter(line -> line.contains("Geometry[blocks="))
                    .mapToLong(line -> Long.parseLong(line.replaceAll(".*Geometry\\[blocks=(\\d+).*", "$1"))).max().orElse(0);
            assertThat(most).as(executable.explain()).isGreaterThanOrEqualTo(blocks);
        }
    }

    @Test
    void manyLines_areNotCut() {
        assertThat(LineBlocks.of(new Lines(2000, 100_000, 1), 1).parts()).isEqualTo(1);
        assertThat(LineBlocks.of(new Lines(1, 64, 1_000_000), 1).parts()).isEqualTo(1);
        assertThat(LineBlocks.of(new Lines(1, 0, 1), 1).parts()).isEqualTo(1);
    }
}
