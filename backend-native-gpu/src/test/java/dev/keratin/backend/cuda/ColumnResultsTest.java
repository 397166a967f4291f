package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows from reductions, in the launch that reduces. */
@EnabledOnOs(OS.LINUX)
class ColumnResultsTest {
    /** Thousands of terms of size 1 in another order, in float32. */
    private static final double TOLERANCE = 1e-4;
    /** One step of bfloat16, and the rounding of its sums. */
    private static final double NARROW = 0.05;

    static Stream<Arguments> shapes() {
        return Stream.of(Arguments.of(DType.FLOAT32, List.of(0, 1), new long[] {70, 300, 16}),
                Arguments.of(DType.FLOAT32, List.of(0), new long[] {2_500, 3}),
                Arguments.of(DType.FLOAT32, List.of(0), new long[] {20_001, 1}),
                Arguments.of(DType.FLOAT32, List.of(1), new long[] {5, 3_000, 40}),
                Arguments.of(DType.FLOAT32, List.of(1), new long[] {300, 7, 200}),
                Arguments.of(DType.FLOAT32, List.of(1), new long[] {9, 4_000, 1}),
                Arguments.of(DType.FLOAT32, List.of(0), new long[] {2, 40}),
                Arguments.of(DType.FLOAT64, List.of(0), new long[] {900, 24}),
                Arguments.of(DType.BFLOAT16, List.of(0), new long[] {60, 24}),
                Arguments.of(DType.INT32, List.of(0), new long[] {900, 12}),
                Arguments.of(DType.INT8, List.of(0), new long[] {900, 12}),
                Arguments.of(DType.UINT8, List.of(1), new long[] {3, 50, 5}));
    }

    /** Two reductions, of which one is a result; two values that follow from both, one of them read in the other. */
    private static Program program(TensorType type, List<Integer> axes) {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(type);
        Value doubled = builder.add(new Binary(BinaryKind.ADD), x, x);
        Value sum = builder.add(new Reduce(ReduceKind.SUM, axes, false), doubled);
        Value most = builder.add(new Reduce(ReduceKind.MAX, axes, false), x);
        Value rows = builder.parameter(TensorType.of(type.dtype(), type.shape().dim(-1)));
        Value number = builder.parameter(TensorType.of(type.dtype()));
        Value own = builder.parameter(sum.type());
        Value larger = builder.add(new Binary(BinaryKind.ADD), builder.add(new Binary(BinaryKind.MAX), sum, most), rows);
        Value first = builder.add(new Binary(BinaryKind.ADD), larger, own);
        return builder.build(sum, first, builder.add(new Binary(BinaryKind.SUB), number, first));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatFollows_isOneLaunchAndAgreesWithReference(DType dtype, List<Integer> axes, long[] dims) {
        Program program = program(TensorType.of(dtype, dims), axes);
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        OnShim.check(program, dtype == DType.BFLOAT16 ? NARROW : TOLERANCE, arguments);
        assertThat(Launches.of(program).steps()).containsOnlyKeys("column").containsValue(1);
    }

    @Test
    void operandThatIsUpdated_isReadWhereItIsWritten() {
        TensorType type = TensorType.of(DType.FLOAT32, 4_000, 6);
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(type);
        Value mean = builder.parameter(TensorType.of(DType.FLOAT32, 6));
        Value sum = builder.add(new Reduce(ReduceKind.SUM, List.of(0), false), x);
        Value next = builder.add(new Binary(BinaryKind.ADD), mean, sum);
        builder.update(mean, next);
        Program program = builder.build(builder.add(new Unary(UnaryKind.NEG), next));
        assertThat(Launches.of(program).steps()).hasToString("{column=1}");
        try (Executable executable = OnShim.BACKEND.compile(program);
                Buffer elements = OnShim.BACKEND.allocate(type);
                Buffer state = OnShim.BACKEND.allocate(mean.type());
                Buffer result = OnShim.BACKEND.allocate(mean.type())) {
            elements.write(ones(type.shape()));
            state.write(OnShim.of(DType.FLOAT32, 1, 2, 3, 4, 5, 6));
            for (int run = 1; run <= 3; run++) {
                executable.run(new Buffer[] {elements, state}, new Buffer[] {result});
                int added = 4_000 * run;
                assertThat(OnShim.read(state)).isEqualTo(OnShim.of(DType.FLOAT32, added + 1, added + 2, added + 3, added + 4, added + 5, added + 6));
                assertThat(Elements.read(OnShim.read(result), 5, DType.FLOAT32)).isEqualTo(-(added + 6));
            }
        }
    }

    private static ByteBuffer ones(Shape shape) {
        double[] ones = new double[(int) shape.size()];
        Arrays.fill(ones, 1);
        return OnShim.of(DType.FLOAT32, ones);
    }
}
