package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What libraries or the driver fail to do is done in a slower way, and said once for each op and cause. */
@EnabledOnOs(OS.LINUX)
class FallbacksTest extends CallsOnFakeDevice {
    private static final int ALL = 1023;
    private static final int EXECUTION_FAILED = 5000;
    private static final Shape HEADS = Shape.of(1, 64, 1, 64);
    private static final Attention ATTENTION = new Attention(DType.BFLOAT16, HEADS, HEADS, 64, 0.125, true, null, false);
    /** Too wide for all algorithms but one. */
    private static final Recurrence LAYER = new Recurrence(Recurrence.Cell.LSTM, DType.FLOAT32, 2, 3, 4, 256, true, true);

    private final Logger logger = Logger.getLogger("dev.keratin.backend.cuda");
    private final List<String> warnings = new ArrayList<>();
    private CudaDriver driver;

    @BeforeEach
    void open() {
        driver = CudaDriver.open();
        logger.setFilter(record -> !warnings.add(record.getMessage()));
    }

    @AfterEach
    void remove() {
        logger.setFilter(null);
        FakeCuda.products(ALL, true, true);
        FakeCuda.misread(false);
    }

    private static Product product(long rows, Epilogue epilogue, ProductForm form) {
        return new Product(DType.FLOAT32, DType.FLOAT32, form == ProductForm.SUMS, false, rows, 8, 16, 1, 0, 0, epilogue, form);
    }

    @Test
    void product_wrongInTrials_isToldOnce() {
        FakeCuda.products(ALL, true, false);
        assertThat(driver.product(product(8, Epilogue.NONE, ProductForm.SUMS))).isEmpty();
        assertThat(driver.product(product(16, Epilogue.NONE, ProductForm.SUMS))).isEmpty();
        assertThat(warnings).singleElement().asString().startsWith("cuda: MatMul with SUMS is not one call of cuBLASLt, which is slower,"
                + " since the library's results were wrong when they were tried. First for Product[dtype=float32").contains(" m=8,");
    }

    @Test
    void product_otherOpOrCause_isToldToo() {
        FakeCuda.products(ALL, false, true);
        assertThat(driver.product(product(8, new Epilogue(false, false, true), ProductForm.PLAIN))).isEmpty();
        FakeCuda.limit(FakeCuda.inUse());
        assertThat(driver.product(product(2048, new Epilogue(false, false, true), ProductForm.PLAIN))).isEmpty();
        assertThat(driver.product(product(2048, Epilogue.NONE, ProductForm.SUMS))).isEmpty();
        assertThat(warnings).hasSize(3).allMatch(text -> text.startsWith("cuda: MatMul with "));
        assertThat(warnings.get(0)).contains("Epilogue[residual=false, bias=false, relu=true] is").contains("makes a number of NaN");
        assertThat(warnings.get(1)).contains("relu=true] is").contains("there was no memory to try");
        assertThat(warnings.get(2)).contains("MatMul with SUMS is").contains("there was no memory to try");
    }

    @Test
    void product_theLibrarySaysItLacksIt_isNotTold() {
        FakeCuda.products(7, true, true);
        assertThat(driver.product(product(8, Epilogue.NONE, ProductForm.SUMS))).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void recurrence_failsInATrial_isToldAndNotTheLibrarys() {
        FakeCuda.fail("cudnnRNNBackwardData_v8", 1, EXECUTION_FAILED);
        assertThat(driver.recurrence(LAYER)).isEmpty();
        assertThat(driver.recurrence(LAYER)).isEmpty();
        assertThat(warnings).singleElement().asString().startsWith("cuda: LSTM is computed step by step and not by cuDNN, which is slower, since ")
                .contains("CUDNN_STATUS, 5000 of cudnnRNNBackwardData_v8").contains(" First for Recurrence[cell=LSTM");
    }

    @Test
    void recurrence_oneAlgorithmOfTwoFails_isNotTold() {
        FakeCuda.fail("cudnnRNNForward", 1, EXECUTION_FAILED);
        assertThat(driver.recurrence(new Recurrence(Recurrence.Cell.GRU, DType.FLOAT32, 2, 3, 4, 5, true, true))).isPresent();
        assertThat(warnings).isEmpty();
    }

    @Test
    void attention_failsInATrial_isToldAndNotTheLibrarys() {
        FakeCuda.fail("cudnnBackendExecute", 1, EXECUTION_FAILED);
        assertThat(driver.attention(ATTENTION)).isEmpty();
        assertThat(warnings).singleElement().asString().startsWith("cuda: attention is computed by products and a softmax and not by cuDNN")
                .contains("CUDNN_STATUS, 5000 of cudnnBackendExecute");
    }

    @Test
    void attention_wrongInATrial_isTold() {
        FakeCuda.misread(true);
        assertThat(driver.attention(ATTENTION)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("results were wrong when they were tried. First for Attention[dtype=bfloat16");
    }

    @Test
    void trial_meetsAnErrorOfTheDevice_isNoFallback() {
        FakeCuda.crash(ILLEGAL_ADDRESS);
        assertThatThrownBy(() -> driver.attention(ATTENTION)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS, 700");
        assertThat(warnings).isEmpty();
    }

    @Test
    void capture_refused_isToldOnceForACause() {
        for (int i = 0; i < 2; i++) {
            try (Executable executable = backend.compile(program()); Buffer x = buffer(1, 0, 0, 1); Buffer y = backend.allocate(MATRIX);
                    Buffer z = backend.allocate(MATRIX)) {
                executable.run(new Buffer[] {x}, new Buffer[] {y, z});
                FakeCuda.fail("cuStreamEndCapture", 1, 901);
                executable.run(new Buffer[] {x}, new Buffer[] {y, z});
            }
        }
        assertThat(warnings).singleElement().asString().startsWith("cuda: work is asked for call by call and not as a recorded graph, which is"
                + " slower, since CUDA_ERROR, 901 of cuStreamEndCapture. First for ");
    }
}
