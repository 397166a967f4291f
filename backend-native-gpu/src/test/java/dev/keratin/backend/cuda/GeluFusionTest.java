package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.reference.ReferenceProvider;
import dev.keratin.backend.spi.Backend;
import dev.keratin.tck.CasePrograms;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** gelu in products, by a library that computes it by its documentation. */
@EnabledOnOs(OS.LINUX)
class GeluFusionTest extends OnFakeDevice {
    private static final int ALL = 1023;
    private static final int WITHOUT_GELU = 1 | 2 | 4 | 128 | 256;
    private static final int WITHOUT_GRADIENT = WITHOUT_GELU | 32;
    private static final double CUBIC = 0.044715;
    private static final double FACTOR = Math.sqrt(2 / Math.PI);
    /** Sums of up to 24 products, of which functions are computed. */
    private static final double NEAR = 1e-5;
    private static final long ROWS = 6;
    private static final long IN = 7;

    private final ProgramBuilder builder = new ProgramBuilder();
    private DType dtype = DType.FLOAT32;
    private long hidden = 16;
    private double cubic = CUBIC;

    @AfterEach
    void mend() {
        FakeCuda.products(ALL, true, true);
    }

    private Value parameter(long... dims) {
        return builder.parameter(TensorType.of(dtype, dims));
    }

    private Value constant(double number) {
        return builder.constant(Literal.scalar(dtype, number));
    }

    private Value binary(BinaryKind kind, Value a, Value b) {
        return builder.add(new Binary(kind), a, b);
    }

    private Value times(Value a, double b) {
        return binary(BinaryKind.MUL, a, constant(b));
    }

    private Value square(Value x) {
        return builder.add(new Unary(UnaryKind.SQUARE), x);
    }

    private Value product(boolean transposeA, boolean transposeB, Value a, Value b) {
        return builder.add(new MatMul(transposeA, transposeB), a, b);
    }

    private Value bend(Value x) {
        Value cube = binary(BinaryKind.MUL, square(x), x);
        return builder.add(new Unary(UnaryKind.TANH), times(binary(BinaryKind.ADD, x, times(cube, cubic)), FACTOR));
    }

    private Value gelu(Value x) {
        return binary(BinaryKind.MUL, times(x, 0.5), binary(BinaryKind.ADD, bend(x), constant(1)));
    }

    /** (1 + t) / 2 + x / 2 * (1 - t^2) * sqrt(2 / pi) * (1 + 3 * 0.044715 * x^2), times a gradient. */
    private Value gradient(Value x, Value gradient) {
        Value bend = bend(x);
        Value ofBend = binary(BinaryKind.SUB, constant(1), square(bend));
        Value inner = binary(BinaryKind.ADD, times(square(x), 3 * CUBIC), constant(1));
        Value second = binary(BinaryKind.MUL, binary(BinaryKind.MUL, times(x, 0.5 * FACTOR), ofBend), inner);
        return binary(BinaryKind.MUL, gradient, binary(BinaryKind.ADD, times(binary(BinaryKind.ADD, bend, constant(1)), 0.5), second));
    }

    private Value sums(Value input) {
        return binary(BinaryKind.ADD, product(false, false, input, parameter(IN, hidden)), parameter(hidden));
    }

    /** What training computes of a layer with gelu before another one: result, gradients of weights and bias, and more. */
    private List<Value> training(boolean readsSums, boolean readsGradient) {
        Value input = parameter(ROWS, IN);
        Value sums = sums(input);
        Value ofResult = product(false, true, parameter(ROWS, 3), parameter(hidden, 3));
        Value ofSums = gradient(sums, ofResult);
        List<Value> results = new ArrayList<>(List.of(gelu(sums), product(true, false, input, ofSums),
                builder.add(new Reduce(ReduceKind.SUM, List.of(0), false), ofSums)));
        if (readsSums) {
            results.add(builder.add(new Unary(UnaryKind.EXP), sums));
        }
        if (readsGradient) {
            results.add(ofResult);
        }
        return results;
    }

    /** How many products and kernels a run takes, which gives what the interpreter gives. */
    private void check(Program program, double tolerance, int products, int kernels) {
        String calls = calls(program, tolerance);
        assertThat(count(calls, "cublasLtMatmul")).as("products").isEqualTo(products);
        assertThat(count(calls, "cuLaunchKernel")).as("kernels").isEqualTo(kernels);
    }

    private void checkTraining(int kernels) {
        check(builder.build(training(false, false)), NEAR, 3, kernels);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1e-5", "BFLOAT16, 3e-2", "FLOAT16, 4e-3"})
    void predicting_biasAndGelu_areOneCall(DType type, double roundings) {
        dtype = type;
        check(builder.build(gelu(sums(parameter(2, 3, IN)))), roundings, 1, 0);
    }

    @Test
    void predicting_withoutBias_isOneCall() {
        hidden = 9;
        check(builder.build(gelu(product(false, true, parameter(ROWS, IN), parameter(hidden, IN)))), NEAR, 1, 0);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1e-5", "BFLOAT16, 5e-2", "FLOAT16, 6e-3"})
    void training_geluAndItsGradient_areInTheProducts(DType type, double roundings) {
        dtype = type;
        check(builder.build(training(false, false)), roundings, 3, 0);
    }

    @Test
    void training_sumsAreReadElsewhere_areThere() {
        check(builder.build(training(true, false)), NEAR, 3, 1);
    }

    @Test
    void training_gradientOfTheResultIsReadElsewhere_isComputed() {
        check(builder.build(training(false, true)), NEAR, 3, 1);
    }

    /** The matrix that is kept must have a multiple of 8 columns. */
    @Test
    void training_oddLength_takesKernels() {
        hidden = 9;
        checkTraining(1);
    }

    @Test
    void training_libraryWithoutTheGradient_takesAKernelForIt() {
        FakeCuda.products(WITHOUT_GRADIENT, true, true);
        checkTraining(1);
    }

    @Test
    void training_libraryWithoutGelu_takesAKernel() {
        FakeCuda.products(WITHOUT_GELU, true, true);
        checkTraining(1);
    }

    @Test
    void training_libraryWhoseGeluLosesNan_takesAKernel() {
        FakeCuda.products(ALL, false, true);
        checkTraining(1);
    }

    @Test
    void predicting_libraryFailsATrial_takesAKernel() {
        FakeCuda.products(ALL, true, false);
        check(builder.build(gelu(sums(parameter(ROWS, IN)))), NEAR, 1, 1);
    }

    @Test
    void training_float32InFullPrecision_takesAKernel() {
        openBackend(false);
        checkTraining(1);
    }

    @Test
    void training_float64_takesKernels() {
        dtype = DType.FLOAT64;
        checkTraining(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.04, 0.0448})
    void predicting_anotherFunction_isNotTakenForGelu(double coefficient) {
        cubic = coefficient;
        check(builder.build(gelu(sums(parameter(ROWS, IN)))), NEAR, 1, 1);
    }

    @Test
    void predicting_tanh_isNotTakenForGelu() {
        check(builder.build(bend(sums(parameter(ROWS, IN)))), NEAR, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodiesOfTheFusions_ofTheInterpreter_computeTheSame(boolean readsSums) {
        Program program = builder.build(training(readsSums, false));
        Program fused = Routines.run(Compiler.optimize(program, FusionPolicy.none()), new RecordingDriver(convolution -> true));
        assertThat(fused.nodes()).filteredOn(node -> node.op() instanceof Fusion fusion && fusion.kind() == FusionKind.ROUTINE).hasSize(3);
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        Backend interpreter = new ReferenceProvider().create();
        assertThat(OnShim.run(interpreter, fused, arguments)).isEqualTo(OnShim.run(interpreter, program, arguments));
    }

    @Test
    void fusions_libraryNoLongerHasTheirCalls_areComputedNodeByNode() {
        Program program = builder.build(training(true, false));
        Program fused = Routines.run(Compiler.optimize(program, FusionPolicy.none()), new RecordingDriver(convolution -> true));
        FakeCuda.products(1, true, true);
        assertThat(count(calls(fused, NEAR), "cublasLtMatmul")).isEqualTo(3);
    }

    /** Layers of the conformance suite, where libraries fuse their types. */
    static Stream<Program> layers() {
        return CasePrograms.all().filter(program -> count(program, new Unary(UnaryKind.TANH)) > 0 && count(program, new MatMul(false, false)) > 0)
                .filter(program -> program.parameterTypes().stream().noneMatch(type -> type.dtype() == DType.FLOAT64));
    }

    private static long count(Program program, Op op) {
        return program.nodes().stream().filter(node -> node.op().equals(op)).count();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void layers_ofTheConformanceSuite_areThoseOfTheInterpreter(Program program) {
        DType type = program.parameterTypes().get(0).dtype();
        calls(program, type == DType.FLOAT32 ? NEAR : type == DType.FLOAT16 ? 1e-2 : 1e-1);
    }
}
