package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_BGRADA;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_BIAS;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_DEFAULT;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_DGELU;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_GELU;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_GELU_AUX;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_GELU_AUX_BIAS;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_GELU_BIAS;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_RELU;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_EPILOGUE_RELU_BIAS;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_BIAS_POINTER;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_EPILOGUE;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_TRANSA;
import static org.bytedeco.cuda.global.cublas.CUBLASLT_MATMUL_DESC_TRANSB;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_N;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_T;
import static org.bytedeco.cuda.global.cublas.cublasLtMatmulDescCreate;
import static org.bytedeco.cuda.global.cublas.cublasLtMatmulDescDestroy;
import static org.bytedeco.cuda.global.cublas.cublasLtMatmulDescSetAttribute;
import static org.bytedeco.cuda.global.cudart.CUDA_R_32F;
import static org.bytedeco.cuda.global.cudart.CUDA_R_64F;

import dev.keratin.backend.DType;
import org.bytedeco.cuda.cublas.cublasLtMatmulDescOpaque_t;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * What cuBLASLt does in a product, and where the vectors and matrices lie that only its epilogue reads and writes. The library's
 * first matrix is our b and its columns are our rows, so that the sums over k of b are its gradient of a bias of A.
 */
final class ProductOperation {
    /** Stands for what lies on the device while an algorithm is chosen, which depends on its alignment: a multiple of no more. */
    private static final long ALIGNED_PLACE = ProductCall.ALIGNMENT;

    private final Product product;
    private final Products library;
    private final cublasLtMatmulDescOpaque_t descriptor;
    private final LongPointer place = new LongPointer(new long[] {ALIGNED_PLACE});

    ProductOperation(Product product, Products library) {
        this.product = product;
        this.library = library;
        this.descriptor = create();
        set(CUBLASLT_MATMUL_DESC_TRANSA, product.transposeB() ? CUBLAS_OP_T : CUBLAS_OP_N);
        set(CUBLASLT_MATMUL_DESC_TRANSB, product.transposeA() ? CUBLAS_OP_T : CUBLAS_OP_N);
        set(CUBLASLT_MATMUL_DESC_EPILOGUE, epilogue(product));
        if (hasVector()) {
            point(CUBLASLT_MATMUL_DESC_BIAS_POINTER, ALIGNED_PLACE);
        }
        if (product.form().hasMatrix()) {
            set(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD, place.put(product.n()), Long.BYTES);
            point(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER, ALIGNED_PLACE);
        }
    }

    private cublasLtMatmulDescOpaque_t create() {
        int scale = product.dtype() == DType.FLOAT64 ? CUDA_R_64F : CUDA_R_32F;
        try (PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            library.check(cublasLtMatmulDescCreate(out, library.computeType(product.dtype()), scale), "cublasLtMatmulDescCreate");
            return new cublasLtMatmulDescOpaque_t(out.get());
        }
    }

    private static int epilogue(Product product) {
        boolean bias = product.epilogue().bias();
        return switch (product.form()) {
            case PLAIN -> product.epilogue().relu() ? bias ? CUBLASLT_EPILOGUE_RELU_BIAS : CUBLASLT_EPILOGUE_RELU
                    : bias ? CUBLASLT_EPILOGUE_BIAS : CUBLASLT_EPILOGUE_DEFAULT;
            case SUMS -> CUBLASLT_EPILOGUE_BGRADA;
            case GELU -> bias ? CUBLASLT_EPILOGUE_GELU_BIAS : CUBLASLT_EPILOGUE_GELU;
            case GELU_KEPT -> bias ? CUBLASLT_EPILOGUE_GELU_AUX_BIAS : CUBLASLT_EPILOGUE_GELU_AUX;
            case GELU_GRADIENT -> CUBLASLT_EPILOGUE_DGELU;
        };
    }

    /** Whether a vector is read or written, of the element type of the result. */
    private boolean hasVector() {
        return product.epilogue().bias() || product.form() == ProductForm.SUMS;
    }

    void destroy() {
        library.check(cublasLtMatmulDescDestroy(descriptor), "cublasLtMatmulDescDestroy");
        place.close();
    }

    cublasLtMatmulDescOpaque_t descriptor() {
        return descriptor;
    }

    /** Says where operands and results of a run lie, in the order of {@link GpuDriver#product}. */
    void place(long[] addresses) {
        long last = addresses[addresses.length - 1];
        long lastOperand = addresses[product.operands() - 1];
        if (hasVector()) {
            point(CUBLASLT_MATMUL_DESC_BIAS_POINTER, product.form() == ProductForm.SUMS ? last : lastOperand);
        }
        if (product.form().hasMatrix()) {
            point(CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER, product.form() == ProductForm.GELU_KEPT ? last : lastOperand);
        }
    }

    private void set(int attribute, int value) {
        try (IntPointer which = new IntPointer(new int[] {value})) {
            set(attribute, which, Integer.BYTES);
        }
    }

    private void point(int attribute, long address) {
        set(attribute, place.put(address), Long.BYTES);
    }

    private void set(int attribute, Pointer value, long bytes) {
        library.check(cublasLtMatmulDescSetAttribute(descriptor, attribute, value, bytes), "cublasLtMatmulDescSetAttribute");
    }
}
