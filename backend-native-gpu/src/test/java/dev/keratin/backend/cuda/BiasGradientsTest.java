package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradients of biases, computed by a library that does so by its documentation within the products for the weights. */
@EnabledOnOs(OS.LINUX)
class BiasGradientsTest extends OnFakeDevice {
    private static final int ALL = 1023;
    private static final int WITHOUT_SUMS = 7;
    private static final int NOT_SUPPORTED = 15;
    private static final long ROWS = 6;
    private static final long IN = 5;
    private static final long OUT = 3;

    private final ProgramBuilder builder = new ProgramBuilder();

    /** What keeps the sums out of the product. */
    private enum Obstacle {
        FLOAT64, KEPT_AXES, LARGEST_OF_ROWS, SUM_OVER_COLUMNS, OTHER_GRADIENT, OTHER_COLUMNS, BATCHES, NO_ROWS, INPUT_COMES_LATER, SUM_IN_FLOAT32
    }

    @AfterEach
    void mend() {
        FakeCuda.products(ALL, true, true);
    }

    private Value parameter(DType dtype, long... dims) {
        return builder.parameter(TensorType.of(dtype, dims));
    }

    private Value sum(Value value, Integer... axes) {
        return builder.add(new Reduce(ReduceKind.SUM, List.of(axes), false), value);
    }

    private Value weights(Value input, Value gradient) {
        return builder.add(new MatMul(true, false), input, gradient);
    }

    /** Sequences as a dense layer sees them: the sums are of all rows of [2, 3, OUT], the product is of matrices. */
    private Program dense(DType dtype) {
        Value gradient = builder.add(new Unary(UnaryKind.NEG), parameter(dtype, 2, ROWS / 2, OUT));
        Value bias = sum(gradient, 0, 1);
        Value rows = builder.add(new Reshape(Shape.of(ROWS, OUT)), gradient);
        return builder.build(List.of(bias, weights(parameter(dtype, ROWS, IN), rows)));
    }

    private Program hindered(Obstacle obstacle) {
        DType dtype = obstacle == Obstacle.FLOAT64 ? DType.FLOAT64 : obstacle == Obstacle.SUM_IN_FLOAT32 ? DType.BFLOAT16 : DType.FLOAT32;
        Value input = parameter(dtype, ROWS, IN);
        Value gradient = parameter(dtype, ROWS, OUT);
        Value other = parameter(dtype, ROWS, OUT);
        return switch (obstacle) {
            case FLOAT64 -> builder.build(List.of(weights(input, gradient), sum(gradient, 0)));
            case KEPT_AXES -> builder.build(List.of(weights(input, gradient),
                    builder.add(new Reduce(ReduceKind.SUM, List.of(0), true), gradient)));
            case LARGEST_OF_ROWS -> builder.build(List.of(weights(input, gradient),
                    builder.add(new Reduce(ReduceKind.MAX, List.of(0), false), gradient)));
            case SUM_OVER_COLUMNS -> builder.build(List.of(weights(input, gradient), sum(gradient, 1)));
            case OTHER_GRADIENT -> builder.build(List.of(weights(input, gradient), sum(other, 0)));
            case OTHER_COLUMNS -> builder.build(List.of(weights(input, gradient),
                    sum(builder.add(new Reshape(Shape.of(OUT, ROWS)), gradient), 0)));
            case BATCHES -> builder.build(List.of(weights(parameter(dtype, 2, ROWS, IN), parameter(dtype, 2, ROWS, OUT)), sum(gradient, 0)));
            case NO_ROWS -> {
                Value nothing = parameter(dtype, 0, OUT);
                yield builder.build(List.of(weights(parameter(dtype, 0, IN), nothing), sum(nothing, 0)));
            }
            case INPUT_COMES_LATER -> {
                Value bias = sum(gradient, 0);
                Value later = builder.add(new Transpose(List.of(1, 0)), parameter(dtype, IN, ROWS));
                yield builder.build(List.of(bias, weights(builder.add(new Unary(UnaryKind.EXP), later), gradient)));
            }
            case SUM_IN_FLOAT32 -> builder.build(List.of(weights(input, gradient),
                    sum(builder.add(new Cast(DType.FLOAT32), gradient), 0)));
        };
    }

    private String steps(Program program) {
        try (Executable executable = backend.compile(program)) {
            return executable.explain();
        }
    }

    /** Sums of 6 numbers, or of 6 products, below 1; TF32 is one of the two ways to multiply float32. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, true, 1e-6", "FLOAT32, false, 1e-6", "BFLOAT16, true, 2e-2", "FLOAT16, true, 2e-3"})
    void biasGradient_besideThatOfWeights_isPartOfTheProduct(DType dtype, boolean tf32, double roundings) {
        openBackend(tf32);
        String calls = calls(dense(dtype), roundings);
        assertThat(count(calls, "cublasLtMatmul")).isEqualTo(1);
        assertThat(count(calls, "cuLaunchKernel")).as("the gradient itself").isEqualTo(1);
    }

    @Test
    void biasGradient_productComesFirst_isPartOfIt() {
        Value gradient = parameter(DType.FLOAT32, ROWS, OUT);
        Value weights = weights(parameter(DType.FLOAT32, ROWS, IN), gradient);
        String calls = calls(builder.build(List.of(weights, sum(gradient, 0))), 1e-6);
        assertThat(count(calls, "cublasLtMatmul")).isEqualTo(1);
        assertThat(count(calls, "cuLaunchKernel")).isZero();
    }

    @Test
    void biasGradient_twoProductsOfOneGradient_isPartOfOne() {
        Value gradient = parameter(DType.FLOAT32, ROWS, OUT);
        Value weights = weights(parameter(DType.FLOAT32, ROWS, IN), gradient);
        Program program = builder.build(List.of(weights, sum(gradient, 0), weights(parameter(DType.FLOAT32, ROWS, OUT), gradient)));
        String calls = calls(program, 1e-6);
        assertThat(count(calls, "cublasLtMatmul")).isEqualTo(2);
        assertThat(count(calls, "cuLaunchKernel")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void biasGradient_obstacle_isAKernel(Obstacle obstacle) {
        Program program = hindered(obstacle);
        calls(program, obstacle == Obstacle.SUM_IN_FLOAT32 ? 2e-2 : 1e-6);
        assertThat(steps(program)).doesNotContain("ROUTINE").contains("MatMul");
    }

    @Test
    void biasGradient_libraryWithoutSums_isAKernel() {
        FakeCuda.products(WITHOUT_SUMS, true, true);
        checkApart();
    }

    @Test
    void biasGradient_libraryFailsATrial_isAKernel() {
        FakeCuda.products(ALL, true, false);
        checkApart();
    }

    @Test
    void biasGradient_libraryRefusesToRunIt_isAKernel() {
        FakeCuda.fail("cublasLtMatmul", 1, NOT_SUPPORTED);
        checkApart();
    }

    private void checkApart() {
        String calls = calls(dense(DType.FLOAT32), 1e-6);
        assertThat(count(calls, "cublasLtMatmul")).isEqualTo(1);
        assertThat(count(calls, "cuLaunchKernel")).as("the gradient itself and its sums").isEqualTo(2);
    }

    @Test
    void biasGradient_noMemoryForATrial_isAKernel() {
        Value gradient = parameter(DType.FLOAT32, 64, 64);
        Program program = builder.build(List.of(weights(parameter(DType.FLOAT32, 64, 64), gradient), sum(gradient, 0)));
        FakeCuda.limit(FakeCuda.inUse() + (8 << 10));
        try {
            assertThat(steps(program)).doesNotContain("ROUTINE");
        } finally {
            FakeCuda.limit(1L << 32);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void bodyOfTheFusion_ofTheInterpreter_computesTheSame(DType dtype) {
        Program program = dense(dtype);
        Program fused = BiasGradientFusion.run(Compiler.optimize(program, FusionPolicy.none()), new RecordingDriver(convolution -> true));
        assertThat(fused.nodes()).anyMatch(node -> node.op() instanceof Fusion fusion && fusion.kind() == FusionKind.ROUTINE);
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        Backend interpreter = new ReferenceProvider().create();
        assertThat(OnShim.run(interpreter, fused, arguments)).isEqualTo(OnShim.run(interpreter, program, arguments));
    }
}
