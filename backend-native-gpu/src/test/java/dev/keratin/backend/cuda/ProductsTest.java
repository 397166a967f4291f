package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of cuBLASLt, by a library that computes products by their definition. */
@EnabledOnOs(OS.LINUX)
class ProductsTest extends OnFakeDevice {
    /** Sums of 7 products below 1 in float32. */
    private static final double NEAR = 1e-6;
    private static final int STEPS = 5;
    private static final int ALL = 1023;
    private static final int PLAIN = 1;
    private static final String MATMUL = "cublasLtMatmul";
    private static final String LAUNCH = "cuLaunchKernel";

    private final ProgramBuilder builder = new ProgramBuilder();

    @AfterEach
    void mend() {
        FakeCuda.products(ALL, true, true);
    }

    private Value parameter(DType dtype, long... dims) {
        return builder.parameter(TensorType.of(dtype, dims));
    }

    private Value plus(Value a, Value b) {
        return builder.add(new Binary(BinaryKind.ADD), a, b);
    }

    private Value relu(Value x) {
        return builder.add(new Unary(UnaryKind.RELU), x);
    }

    private Value dense(DType dtype) {
        return plus(builder.add(new MatMul(false, false), parameter(dtype, 5, 7), parameter(dtype, 7, 3)), parameter(dtype, 3));
    }

    private void checkOneCall(Value result, double tolerance) {
        String calls = calls(builder.build(result), tolerance);
        assertThat(count(calls, MATMUL)).isEqualTo(1);
        assertThat(count(calls, LAUNCH)).isZero();
    }

    private void checkApart(Value result) {
        String calls = calls(builder.build(result), NEAR);
        assertThat(count(calls, MATMUL)).isEqualTo(1);
        assertThat(count(calls, LAUNCH)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1e-6", "BFLOAT16, 2e-2", "FLOAT16, 2e-3"})
    void matmul_biasAndRelu_areOneCall(DType dtype, double roundings) {
        checkOneCall(relu(dense(dtype)), roundings);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void matmul_transposedWithResidualAndBias_isOneCall(boolean transposeA, boolean transposeB) {
        Value a = transposeA ? parameter(DType.FLOAT32, 2, 7, 5) : parameter(DType.FLOAT32, 2, 5, 7);
        Value b = transposeB ? parameter(DType.FLOAT32, 3, 7) : parameter(DType.FLOAT32, 7, 3);
        Value sum = plus(parameter(DType.FLOAT32, 2, 5, 3), builder.add(new MatMul(transposeA, transposeB), a, b));
        checkOneCall(plus(sum, parameter(DType.FLOAT32, 1, 3)), NEAR);
    }

    @Test
    void matmul_reluAlone_isOneCall() {
        checkOneCall(relu(builder.add(new MatMul(false, false), parameter(DType.FLOAT32, 2, 5, 7), parameter(DType.FLOAT32, 2, 7, 3))), NEAR);
    }

    @Test
    void matmul_libraryWithoutEpilogues_takesALoopOverItsResult() {
        FakeCuda.products(PLAIN, true, true);
        checkApart(relu(dense(DType.FLOAT32)));
    }

    @Test
    void matmul_libraryWhoseReluLosesNan_takesALoopForIt() {
        FakeCuda.products(ALL, false, true);
        Program program = builder.build(relu(dense(DType.FLOAT32)));
        List<ByteBuffer> arguments = program.parameterTypes().stream().map(OnShim::random).toList();
        Elements.write(arguments.get(2), 1, DType.FLOAT32, Double.NaN);
        ByteBuffer result = OnShim.run(backend, program, arguments).get(0);
        assertThat(Elements.read(result, 1, DType.FLOAT32)).isNaN();
        assertThat(Elements.read(result, 2, DType.FLOAT32)).isNotNaN();
    }

    @Test
    void matmul_noMemoryToTryReluIn_takesALoopForIt() {
        Value y = relu(builder.add(new MatMul(false, false), parameter(DType.FLOAT32, 64, 7), parameter(DType.FLOAT32, 7, 64)));
        Program program = builder.build(y);
        FakeCuda.limit(FakeCuda.inUse() + (24 << 10));
        try {
            assertThat(backend.compile(program).explain()).contains("loop_");
        } finally {
            FakeCuda.limit(1L << 32);
        }
    }

    /** y[t] = x[t] w + b. */
    private static Program overTime(int units) {
        ProgramBuilder body = new ProgramBuilder();
        List<TensorType> parts = Stream.of(new long[] {1, units}, new long[] {units, units}, new long[] {units})
                .map(dims -> TensorType.of(DType.FLOAT32, dims)).toList();
        Value product = body.add(new MatMul(false, false), body.parameter(parts.get(0)), body.parameter(parts.get(1)));
        Scan scan = new Scan(body.build(body.add(new Binary(BinaryKind.ADD), product, body.parameter(parts.get(2)))), 0, 1, STEPS, false, false);
        ProgramBuilder whole = new ProgramBuilder();
        return whole.build(whole.add(scan, List.of(whole.parameter(TensorType.of(DType.FLOAT32, STEPS, 1, units)),
                whole.parameter(parts.get(1)), whole.parameter(parts.get(2)))));
    }

    @Test
    void scan_partsThatAreAligned_areFused() {
        String calls = calls(overTime(4), NEAR);
        assertThat(count(calls, MATMUL)).isEqualTo(STEPS);
        assertThat(count(calls, LAUNCH)).isZero();
    }

    @Test
    void scan_partsThatAreNotAligned_areNotFused() {
        String calls = calls(overTime(3), NEAR);
        assertThat(count(calls, MATMUL)).isEqualTo(STEPS);
        assertThat(count(calls, LAUNCH)).isEqualTo(STEPS);
    }

    @Test
    void matmul_float64_isNotFused() {
        checkApart(relu(dense(DType.FLOAT64)));
    }

    @Test
    void matmul_numberForEachRow_isNotTakenForABias() {
        checkApart(plus(builder.add(new MatMul(false, false), parameter(DType.FLOAT32, 3, 7), parameter(DType.FLOAT32, 7, 3)),
                parameter(DType.FLOAT32, 3, 1)));
    }

    @Test
    void matmul_libraryWithoutAlgorithm_isAKernel() {
        FakeCuda.products(0, true, true);
        String calls = calls(builder.build(dense(DType.FLOAT32)), NEAR);
        assertThat(count(calls, MATMUL)).isZero();
        assertThat(count(calls, LAUNCH)).isEqualTo(2);
    }

    /** As the parts of a larger value that the steps of a loop read; the library chooses by where vectors and matrices beside lie. */
    @ParameterizedTest
    @CsvSource({"PLAIN, true", "GELU, true", "GELU_KEPT, true", "GELU_GRADIENT, false", "SUMS, false"})
    void call_whatLiesBesideIsAtAMultipleOf16_isAccepted(ProductForm form, boolean bias) {
        CudaDriver driver = CudaDriver.open();
        LibraryCall call = driver.product(new Product(DType.BFLOAT16, DType.BFLOAT16, form == ProductForm.SUMS, false, 16, 16, 16, 1, 0, 0,
                new Epilogue(false, bias, false), form)).orElseThrow();
        long place = driver.allocate(1 << 16);
        long beside = place + (1 << 14) + ProductCall.ALIGNMENT;
        long[] addresses = bias ? new long[] {place, place, beside, place + 4096, beside + 4096} : new long[] {place, place, beside, place + 4096};
        assertThatCode(() -> {
            call.run(form == ProductForm.SUMS ? new long[] {place, place, place + 4096, beside} : addresses, place + (1 << 15));
            driver.copyOut(beside, ByteBuffer.allocate(ProductCall.ALIGNMENT));
        }).doesNotThrowAnyException();
    }
}
