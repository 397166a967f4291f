package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Backend;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of cuDNN, by a library that computes graphs by their definition. */
@EnabledOnOs(OS.LINUX)
class ConvolutionsTest {
    /** Sums of up to 50 terms around 1 in float32. */
    private static final double NEAR = 1e-4;
    private static final ConvSpec GROUPED = new ConvSpec(List.of(2, 1), List.of(1, 2), List.of(1, 2), List.of(1, 2), 2);
    private static final Shape INPUT = Shape.of(2, 7, 6, 4);
    private static final Shape KERNEL = Shape.of(3, 3, 2, 6);
    private static final Shape OUTPUT = Shape.of(2, 4, 6, 6);
    private static final String EXECUTE = "cudnnBackendExecute";

    private static Backend backend;

    @BeforeAll
    static void fake() {
        FakeCuda.install();
        backend = new CudaBackend(CudaDriver.open());
    }

    private static Program single(Op op, Shape... operands) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(op, List.of(operands).stream()
                .map(shape -> builder.parameter(new TensorType(DType.FLOAT32, shape))).toList()));
    }

    /** How often cuDNN computes something while a program gives what the interpreter gives. */
    private static long calls(Program program) {
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        FakeCuda.calls();
        OnShim.check(backend, program, NEAR, arguments);
        return FakeCuda.calls().lines().filter(EXECUTE::equals).count();
    }

    @Test
    void conv_groupsStridesAndDilations_areThoseOfTheLibrary() {
        assertThat(calls(single(new Conv(GROUPED), INPUT, KERNEL))).isEqualTo(1);
        assertThat(calls(single(new ConvInputGrad(GROUPED, INPUT), OUTPUT, KERNEL))).isEqualTo(1);
        assertThat(calls(single(new ConvKernelGrad(GROUPED, KERNEL), INPUT, OUTPUT))).isEqualTo(1);
    }

    @Test
    void conv_paddingOnOneSide_isTheSameForTheLibrary() {
        ConvSpec causal = new ConvSpec(List.of(1), List.of(2), List.of(0), List.of(1), 1);
        Shape sequence = Shape.of(2, 9, 4);
        Shape kernel = Shape.of(3, 4, 5);
        Shape output = Shape.of(2, 9, 5);
        assertThat(calls(single(new Conv(causal), sequence, kernel))).isEqualTo(1);
        assertThat(calls(single(new ConvInputGrad(causal, sequence), output, kernel))).isEqualTo(1);
        assertThat(calls(single(new ConvKernelGrad(causal, kernel), sequence, output))).isEqualTo(1);
    }

    @Test
    void conv_biasResidualAndRelu_areOneCall() {
        ProgramBuilder builder = new ProgramBuilder();
        Value sum = builder.add(new Conv(GROUPED), builder.parameter(new TensorType(DType.FLOAT32, INPUT)),
                builder.parameter(new TensorType(DType.FLOAT32, KERNEL)));
        for (Shape shape : List.of(Shape.of(6), OUTPUT)) {
            sum = builder.add(new Binary(BinaryKind.ADD), sum, builder.parameter(new TensorType(DType.FLOAT32, shape)));
        }
        assertThat(calls(builder.build(builder.add(new Unary(UnaryKind.RELU), sum)))).isEqualTo(1);
    }

    @Test
    void conv_libraryLacksIt_isNotAskedToRunIt() {
        ConvSpec halved = new ConvSpec(List.of(2, 2, 2), List.of(0, 0, 0), List.of(0, 0, 0), List.of(1, 1, 1), 1);
        assertThat(calls(single(new Conv(halved), Shape.of(1, 4, 4, 4, 3), Shape.of(2, 2, 2, 3, 5)))).isZero();
    }

    /** Also what it doesn't support, after it has planned it. */
    @ParameterizedTest
    @ValueSource(ints = {5000, 3000})
    void conv_libraryFails_saysWhere(int status) {
        Program program = single(new Conv(GROUPED), INPUT, KERNEL);
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        FakeCuda.fail(EXECUTE, 1, status);
        assertThatThrownBy(() -> OnShim.run(backend, program, arguments)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a call without error is required. Received: CUDNN_STATUS, " + status + " of " + EXECUTE + " in Conv");
    }
}
