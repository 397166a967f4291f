package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_REDUCTION_SCHEME_COMPUTE_TYPE;
import static org.bytedeco.cuda.global.cublas.CUBLAS_STATUS_NOT_SUPPORTED;
import static org.bytedeco.cuda.global.cublas.CUBLAS_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cublas.cublasLtMatmul;
import static org.bytedeco.cuda.global.cublas.cublasLtMatmulAlgoGetHeuristic;
import static org.bytedeco.cuda.global.cublas.cublasLtMatmulPreferenceCreate;
import static org.bytedeco.cuda.global.cublas.cublasLtMatmulPreferenceDestroy;
import static org.bytedeco.cuda.global.cublas.cublasLtMatmulPreferenceSetAttribute;
import static org.bytedeco.cuda.global.cublas.cublasLtMatrixLayoutCreate;
import static org.bytedeco.cuda.global.cublas.cublasLtMatrixLayoutDestroy;
import static org.bytedeco.cuda.global.cublas.cublasLtMatrixLayoutSetAttribute;
import static org.bytedeco.cuda.global.cudart.CUDA_R_16BF;
import static org.bytedeco.cuda.global.cudart.CUDA_R_16F;
import static org.bytedeco.cuda.global.cudart.CUDA_R_32F;
import static org.bytedeco.cuda.global.cudart.CUDA_R_64F;

import dev.keratin.backend.DType;
import java.util.List;
import java.util.Optional;
import org.bytedeco.cuda.cublas.cublasLtMatmulAlgo_t;
import org.bytedeco.cuda.cublas.cublasLtMatmulHeuristicResult_t;
import org.bytedeco.cuda.cublas.cublasLtMatmulPreferenceOpaque_t;
import org.bytedeco.cuda.cublas.cublasLtMatrixLayoutOpaque_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product of cuBLASLt, whose matrices are column-major: c = a * b row-major is there the product of b and a, in
 * this order, with lengths exchanged; its columns are our rows. A residual is its matrix c. The algorithm is chosen once, by the library's heuristic, for operands at
 * multiples of {@value #ALIGNMENT} bytes; for others a second one when they are first met.
 */
final class ProductCall implements LibraryCall {
    /** Bytes. */
    static final int ALIGNMENT = 16;
    private static final long WORKSPACE_BYTES = 32 << 20;

    private final Product product;
    private final Products library;
    private final ProductOperation operation;
    private final cublasLtMatrixLayoutOpaque_t first;
    private final cublasLtMatrixLayoutOpaque_t second;
    private final cublasLtMatrixLayoutOpaque_t layout;
    private final BytePointer one;
    private final BytePointer zero;
    private final Optional<Algorithm> aligned;
    private @Nullable Algorithm unaligned;
    private final Address a = new Address();
    private final Address b = new Address();
    private final Address summand = new Address();
    private final Address sum = new Address();
    private final Address workspace = new Address();

    /** What the heuristic chose; {@code result} holds the memory of {@code choice}. */
    private record Algorithm(cublasLtMatmulHeuristicResult_t result, cublasLtMatmulAlgo_t choice, long workspaceBytes) {}

    /** The caller destroys it. */
    ProductCall(Product product, Products library) {
        this.product = product;
        this.library = library;
        this.operation = new ProductOperation(product, library);
        this.first = layout(product.transposeB() ? product.k() : product.n(), product.transposeB() ? product.n() : product.k(),
                product.strideB(), product.dtype());
        this.second = layout(product.transposeA() ? product.m() : product.k(), product.transposeA() ? product.k() : product.m(),
                product.strideA(), product.dtype());
        this.layout = layout(product.n(), product.m(), product.m() * product.n(), product.result());
        this.one = scalar(1);
        this.zero = scalar(0);
        this.aligned = algorithm(ALIGNMENT, WORKSPACE_BYTES);
    }

    /** Whether the library has an algorithm for it. */
    boolean isPossible() {
        return aligned.isPresent();
    }

    /** When no program uses it any more. */
    void destroy() {
        operation.destroy();
        List.of(first, second, layout).forEach(each -> library.check(cublasLtMatrixLayoutDestroy(each), "cublasLtMatrixLayoutDestroy"));
        one.close();
        zero.close();
        aligned.ifPresent(algorithm -> algorithm.result().close());
        if (unaligned != null) {
            unaligned.result().close();
        }
    }

    private cublasLtMatrixLayoutOpaque_t layout(long rows, long columns, long stride, DType dtype) {
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                IntPointer count = new IntPointer(new int[] {Math.toIntExact(product.batch())});
                LongPointer offset = new LongPointer(new long[] {stride})) {
            library.check(cublasLtMatrixLayoutCreate(out, type(dtype), rows, columns, rows), "cublasLtMatrixLayoutCreate");
            cublasLtMatrixLayoutOpaque_t created = new cublasLtMatrixLayoutOpaque_t(out.get());
            library.check(cublasLtMatrixLayoutSetAttribute(created, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, count, Integer.BYTES), "batch");
            library.check(cublasLtMatrixLayoutSetAttribute(created, CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET, offset, Long.BYTES), "stride");
            return created;
        }
    }

    private static int type(DType dtype) {
        return switch (dtype) {
            case FLOAT16 -> CUDA_R_16F;
            case BFLOAT16 -> CUDA_R_16BF;
            case FLOAT64 -> CUDA_R_64F;
            default -> CUDA_R_32F;
        };
    }

    /** A factor, of the type that sums are scaled in. */
    private BytePointer scalar(double value) {
        BytePointer memory = new BytePointer(Double.BYTES);
        return product.dtype() == DType.FLOAT64 ? memory.putDouble(value) : memory.putFloat((float) value);
    }

    private Optional<Algorithm> algorithm(int alignment, long workspaceBytes) {
        cublasLtMatmulHeuristicResult_t found = new cublasLtMatmulHeuristicResult_t(1);
        int[] count = new int[1];
        int status;
        try (PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            library.check(cublasLtMatmulPreferenceCreate(out), "cublasLtMatmulPreferenceCreate");
            cublasLtMatmulPreferenceOpaque_t preference = new cublasLtMatmulPreferenceOpaque_t(out.get());
            prefer(preference, alignment, workspaceBytes);
            status = cublasLtMatmulAlgoGetHeuristic(library.library(), operation.descriptor(), first, second, layout, layout, preference, 1, found, count);
            library.check(cublasLtMatmulPreferenceDestroy(preference), "cublasLtMatmulPreferenceDestroy");
        }
        if (status != CUBLAS_STATUS_NOT_SUPPORTED && product.isPlain()) {
            library.check(status, "cublasLtMatmulAlgoGetHeuristic for " + product);
        }
        boolean usable = status == CUBLAS_STATUS_SUCCESS && count[0] > 0 && found.state() == CUBLAS_STATUS_SUCCESS;
        return usable ? Optional.of(new Algorithm(found, found.algo(), found.workspaceSize())) : Optional.empty();
    }

    /** Parts of a sum may not be rounded to 16 bits before they are added; float32 is the type of all sums. */
    private void prefer(cublasLtMatmulPreferenceOpaque_t preference, int alignment, long workspaceBytes) {
        try (IntPointer bytes = new IntPointer(new int[] {alignment}); LongPointer most = new LongPointer(new long[] {workspaceBytes});
                IntPointer scheme = new IntPointer(new int[] {CUBLASLT_REDUCTION_SCHEME_COMPUTE_TYPE})) {
            if (product.result().byteSize() < Float.BYTES) {
                library.check(cublasLtMatmulPreferenceSetAttribute(preference, CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK, scheme, Integer.BYTES),
                        "sums");
            }
            library.check(cublasLtMatmulPreferenceSetAttribute(preference, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, most, Long.BYTES), "workspace");
            for (int each = CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES; each <= CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES; each++) {
                library.check(cublasLtMatmulPreferenceSetAttribute(preference, each, bytes, Integer.BYTES), "alignment");
            }
        }
    }

    @Override
    public String library() {
        return CUBLAS;
    }

    @Override
    public long scratchBytes() {
        return aligned.orElseThrow().workspaceBytes();
    }

    @Override
    public void run(long[] addresses, long scratch) {
        int result = product.operands();
        Algorithm chosen = isAligned(addresses) ? aligned.orElseThrow() : unaligned();
        boolean adds = product.epilogue().residual();
        operation.place(addresses);
        library.check(cublasLtMatmul(library.library(), operation.descriptor(), one, b.to(addresses[1]), first, a.to(addresses[0]), second,
                adds ? one : zero, summand.to(addresses[adds ? 2 : result]), layout, sum.to(addresses[result]), layout, chosen.choice(),
                workspace.to(scratch), chosen.workspaceBytes(), library.stream()), "cublasLtMatmul");
    }

    private static boolean isAligned(long[] addresses) {
        long bits = 0;
        for (long address : addresses) {
            bits |= address;
        }
        return bits % ALIGNMENT == 0;
    }

    private Algorithm unaligned() {
        Algorithm known = unaligned;
        if (known == null) {
            known = algorithm(Math.min(product.dtype().byteSize(), product.result().byteSize()), scratchBytes()).orElseThrow(
                    () -> new IllegalStateException("cuda: an algorithm of cuBLASLt is required. Received: none for " + product
                            + " with operands that are not at multiples of " + ALIGNMENT + " bytes."));
            unaligned = known;
        }
        return known;
    }
}
