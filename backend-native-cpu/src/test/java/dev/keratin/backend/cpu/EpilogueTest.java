package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EpilogueTest {
    private static final Backend NATIVE = new NativeCpuProvider().create();
    private static final ConvSpec CONV = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), 1);
    private static final ConvSpec DEPTHWISE = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), 16);

    private final ProgramBuilder builder = new ProgramBuilder();

    @ParameterizedTest
    @EnumSource(names = {"RELU", "TANH", "SIGMOID", "SQUARE", "ABS", "NEG"})
    void matmul_biasAndActivation_isOneStep(UnaryKind kind) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.BFLOAT16}) {
            ProgramBuilder program = new ProgramBuilder();
            Value product = program.add(new MatMul(false, false), program.parameter(TensorType.of(dtype, 3, 9, 20)),
                    program.parameter(TensorType.of(dtype, 20, 33)));
            Value biased = program.add(new Binary(BinaryKind.ADD), product, program.parameter(TensorType.of(dtype, 33)));
            checkOneStep(program.build(program.add(new Unary(kind), biased)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ADD", "SUB", "MUL", "DIV"})
    void matmul_operandsAndNumbers_areOneStep(BinaryKind kind) {
        Value y = builder.add(new MatMul(false, true), parameter(2, 1, 9, 20), parameter(4, 33, 20));
        y = builder.add(new Binary(kind), y, number(1.5));
        y = builder.add(new Binary(kind), y, parameter(2, 4, 9, 33));
        y = builder.add(new Binary(kind), y, parameter(1, 1, 1, 33));
        y = builder.add(new Binary(kind), y, parameter(1, 1));
        if (kind != BinaryKind.DIV) {
            y = builder.add(new Binary(kind), parameter(2, 4, 9, 33), y);
            y = builder.add(new Binary(kind), number(0.5), y);
        }
        checkOneStep(builder.build(y));
    }

    @Test
    void matmul_transposedWithScaleAndResidual_isOneStep() {
        Value y = builder.add(new MatMul(true, false), parameter(20, 9), parameter(20, 33));
        y = builder.add(new Binary(BinaryKind.MUL), y, parameter(33));
        y = builder.add(new Binary(BinaryKind.ADD), y, parameter(33));
        y = builder.add(new Binary(BinaryKind.ADD), y, parameter(9, 33));
        checkOneStep(builder.build(builder.add(new Unary(UnaryKind.RELU), y)));
    }

    @ParameterizedTest
    @CsvSource({"3, 8", "16, 32", "16, 16"})
    void conv_scaleResidualAndRelu_isOneStep(int channels, int filters) {
        Value y = builder.add(new Conv(CONV), parameter(2, 9, 8, channels), parameter(3, 3, channels, filters));
        checkOneStep(builder.build(residual(y, filters)));
    }

    @Test
    void conv_depthwiseScaleResidualAndRelu_isOneStep() {
        Value y = builder.add(new Conv(DEPTHWISE), parameter(2, 9, 8, 16), parameter(3, 3, 1, 16));
        checkOneStep(builder.build(residual(y, 16)));
    }

    @Test
    void conv_oneAxisWithBias_isOneStep() {
        Value y = builder.add(new Conv(new ConvSpec(List.of(1), List.of(2), List.of(0), List.of(2), 1)), parameter(2, 9, 5),
                parameter(2, 5, 7));
        checkOneStep(builder.build(builder.add(new Binary(BinaryKind.ADD), y, parameter(7))));
    }

    @ParameterizedTest
    @CsvSource({"3, 8", "16, 32", "16, 16"})
    void conv_residualThatIsReadNoMore_isAddedInItsPlace(int channels, int filters) {
        Value block = builder.add(new Unary(UnaryKind.TANH), parameter(2, 9, 8, filters));
        Value y = builder.add(new Conv(CONV), parameter(2, 9, 8, channels), parameter(3, 3, channels, filters));
        Value scaled = builder.add(new Binary(BinaryKind.MUL), y, parameter(filters));
        Value sum = builder.add(new Binary(BinaryKind.ADD), scaled, block);
        checkWithoutArena(builder.build(builder.add(new Unary(UnaryKind.RELU), sum)));
    }

    @Test
    void matmul_summandThatIsReadNoMore_isAddedInItsPlace() {
        Value summand = builder.add(new Unary(UnaryKind.TANH), parameter(2, 9, 33));
        Value y = builder.add(new MatMul(false, true), parameter(2, 9, 20), parameter(33, 20));
        checkWithoutArena(builder.build(builder.add(new Binary(BinaryKind.ADD), summand, y)));
    }

    @Test
    void matmul_subtrahendThatIsReadNoMore_keepsItsPlace() {
        Value operand = builder.add(new Unary(UnaryKind.TANH), parameter(9, 33));
        Value y = builder.add(new MatMul(false, false), parameter(9, 20), parameter(20, 33));
        checkOneStep(builder.build(builder.add(new Binary(BinaryKind.SUB), operand, y)));
    }

    @ParameterizedTest
    @CsvSource({"6", "0", "0.3"})
    void conv_reluWithALimitThenMore_isOneStep(double limit) {
        Value y = residual(builder.add(new Conv(DEPTHWISE), parameter(2, 9, 8, 16), parameter(3, 3, 1, 16)), 16);
        Value limited = builder.add(new Binary(BinaryKind.MIN), number(limit), y);
        checkOneStep(builder.build(builder.add(new Binary(BinaryKind.MUL), limited, number(0.5))));
    }

    @ParameterizedTest
    @CsvSource({"RELU, -1", "TANH, 0.5"})
    void matmul_minimumOfSomethingElse_isAStepOfItsOwn(UnaryKind kind, double limit) {
        Value y = builder.add(new MatMul(false, false), parameter(9, 20), parameter(20, 33));
        Program program = builder.build(builder.add(new Binary(BinaryKind.MIN), builder.add(new Unary(kind), y), number(limit)));
        Agreement.check(program);
        try (Executable executable = NATIVE.compile(program)) {
            assertThat(executable.explain()).contains("Fusion[EPILOGUE]", "Binary[kind=MIN]");
        }
    }

    @Test
    void relu_ofNaN_staysNaN() {
        Value y = builder.add(new Unary(UnaryKind.RELU), productOfRow());
        assertThat(ofExtremes(builder.build(y)))
                .startsWith(Double.NaN, Double.POSITIVE_INFINITY, -0.0, 0).endsWith(Double.NaN);
    }

    @Test
    void reluWithALimit_ofNaN_staysNaN() {
        Value y = builder.add(new Binary(BinaryKind.MIN), builder.add(new Unary(UnaryKind.RELU), productOfRow()), number(6));
        assertThat(ofExtremes(builder.build(y))).startsWith(Double.NaN, 6, -0.0, 0).endsWith(Double.NaN);
    }

    private Value productOfRow() {
        return builder.add(new MatMul(false, false), parameter(1, 1), parameter(1, 17));
    }

    private static double[] ofExtremes(Program program) {
        ByteBuffer one = floats(1).putFloat(0, 1);
        ByteBuffer row = floats(17).putFloat(0, Float.NaN).putFloat(4, Float.POSITIVE_INFINITY).putFloat(8, -3)
                .putFloat(64, Float.NaN);
        return Agreement.run(NATIVE, program, List.of(one, row)).get(0);
    }

    private Value number(double value) {
        return builder.constant(Literal.scalar(DType.FLOAT32, value));
    }

    private Value residual(Value y, int filters) {
        Value scaled = builder.add(new Binary(BinaryKind.MUL), y, parameter(filters));
        Value shifted = builder.add(new Binary(BinaryKind.ADD), scaled, parameter(1, 1, 1, filters));
        Value sum = builder.add(new Binary(BinaryKind.ADD), shifted, parameter(2, 9, 8, filters));
        return builder.add(new Unary(UnaryKind.RELU), sum);
    }

    private Value parameter(long... dims) {
        return builder.parameter(TensorType.of(DType.FLOAT32, dims));
    }

    private static void checkWithoutArena(Program program) {
        Agreement.check(program);
        try (Executable executable = NATIVE.compile(program)) {
            assertThat(executable.footprint().valueBytes()).isZero();
            assertThat(executable.explain()).contains("Fusion[EPILOGUE]");
        }
    }

    private static void checkOneStep(Program program) {
        Agreement.check(program);
        try (Executable executable = NATIVE.compile(program)) {
            assertThat(executable.explain()).contains("Fusion[EPILOGUE]").doesNotContain("Fusion[LOOP]");
        }
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    }
}
