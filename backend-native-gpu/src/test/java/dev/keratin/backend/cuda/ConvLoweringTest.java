package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvLoweringTest {
    private static final ConvSpec SAME = spec(1, 1, 1);
    private static final Shape IMAGES = Shape.of(2, 8, 9, 5);
    private static final Shape KERNEL = Shape.of(3, 3, 5, 6);
    private static final Shape RESULT = Shape.of(2, 8, 9, 6);

    private final RecordingDriver driver = new RecordingDriver(convolution -> true);

    private static ConvSpec spec(int stride, int low, int high) {
        return new ConvSpec(List.of(stride, stride), List.of(low, low), List.of(high, high), List.of(1, 1), 1);
    }

    private static Program single(Op op, DType dtype, Shape... operands) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(builder.add(op, List.of(operands).stream()
                .map(shape -> builder.parameter(new TensorType(dtype, shape))).toList()));
    }

    /** relu(conv + summands). */
    private static Program activated(DType dtype, Shape... summands) {
        ProgramBuilder builder = new ProgramBuilder();
        Value sum = builder.add(new Conv(SAME), builder.parameter(new TensorType(dtype, IMAGES)),
                builder.parameter(new TensorType(dtype, KERNEL)));
        for (Shape shape : summands) {
            sum = builder.add(new Binary(BinaryKind.ADD), sum, builder.parameter(new TensorType(dtype, shape)));
        }
        return builder.build(builder.add(new Unary(UnaryKind.RELU), sum));
    }

    @Test
    void conv_biasResidualAndRelu_areOneCall() {
        driver.lower(activated(DType.BFLOAT16, Shape.of(6), RESULT));
        assertThat(driver.convolutions()).extracting(Convolution::epilogue)
                .containsExactly(new Epilogue(true, true, true));
        assertThat(driver.kernels()).containsExactly("strided");
    }

    @Test
    void conv_libraryWithoutEpilogue_takesALoopOverItsResult() {
        RecordingDriver plain = new RecordingDriver(convolution -> convolution.epilogue().equals(Epilogue.NONE));
        plain.lower(activated(DType.FLOAT32, Shape.of(6)));
        assertThat(plain.convolutions()).extracting(Convolution::epilogue)
                .containsExactly(new Epilogue(false, true, true), Epilogue.NONE);
        assertThat(plain.kernels()).containsExactly("strided", "loop");
    }

    @Test
    void conv_twoResiduals_secondIsNotPartOfTheCall() {
        driver.lower(activated(DType.FLOAT32, RESULT, RESULT));
        assertThat(driver.convolutions()).extracting(Convolution::epilogue)
                .containsExactly(new Epilogue(true, false, false));
        assertThat(driver.kernels()).containsExactly("strided", "loop");
    }

    @Test
    void conv_float64_takesNoEpilogue() {
        driver.lower(activated(DType.FLOAT64, Shape.of(6)));
        assertThat(driver.convolutions()).extracting(Convolution::epilogue).containsExactly(Epilogue.NONE);
    }

    @Test
    void conv_unequalPadding_isStored() {
        driver.lower(single(new Conv(spec(2, 0, 1)), DType.FLOAT32, Shape.of(2, 8, 8, 5), KERNEL));
        Convolution asked = driver.convolutions().get(0);
        assertThat(asked.input()).isEqualTo(Shape.of(2, 9, 9, 5));
        assertThat(asked.kernel()).isEqualTo(Shape.of(6, 3, 3, 5));
        assertThat(asked.paddings()).containsExactly(0, 0);
        assertThat(driver.kernels()).containsExactly("strided", "fill", "strided");
    }

    @Test
    void conv_oneAxis_hasAnotherOfLengthOne() {
        ConvSpec causal = new ConvSpec(List.of(2), List.of(1), List.of(1), List.of(3), 1);
        driver.lower(single(new Conv(causal), DType.FLOAT32, Shape.of(2, 20, 4), Shape.of(3, 4, 6)));
        Convolution asked = driver.convolutions().get(0);
        assertThat(asked.input()).isEqualTo(Shape.of(2, 1, 20, 4));
        assertThat(asked.strides()).containsExactly(1, 2);
        assertThat(asked.paddings()).containsExactly(0, 1);
        assertThat(asked.dilations()).containsExactly(1, 3);
    }

    @Test
    void conv_windowOfOnePosition_isAProduct() {
        Shape kernel = Shape.of(1, 1, 5, 6);
        driver.lower(single(new Conv(spec(1, 0, 0)), DType.FLOAT32, IMAGES, kernel));
        driver.lower(single(new ConvInputGrad(spec(1, 0, 0), IMAGES), DType.FLOAT32, RESULT, kernel));
        driver.lower(single(new ConvKernelGrad(spec(1, 0, 0), kernel), DType.FLOAT32, IMAGES, RESULT));
        assertThat(driver.convolutions()).isEmpty();
        assertThat(driver.products()).containsExactly(
                new Product(DType.FLOAT32, DType.FLOAT32, false, false, 144, 6, 5, 1, 0, 0),
                new Product(DType.FLOAT32, DType.FLOAT32, false, true, 144, 5, 6, 1, 0, 0),
                new Product(DType.FLOAT32, DType.FLOAT32, true, false, 5, 6, 144, 1, 0, 0));
    }

    @Test
    void conv_libraryLacksIt_isAKernel() {
        RecordingDriver none = new RecordingDriver(convolution -> false);
        none.lower(single(new ConvKernelGrad(SAME, KERNEL), DType.FLOAT32, IMAGES, RESULT));
        assertThat(none.convolutions()).hasSize(1);
        assertThat(none.kernels()).containsExactly("conv");
    }

    @Test
    void conv_groups_areThoseOfTheKernel() {
        ConvSpec depthwise = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), 4);
        driver.lower(single(new Conv(depthwise), DType.FLOAT32, Shape.of(2, 8, 8, 4), Shape.of(3, 3, 1, 8)));
        assertThat(driver.convolutions()).extracting(Convolution::groups).containsExactly(4);
    }
}
